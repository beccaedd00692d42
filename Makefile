# Two commands start everything: `make run` and `make test`. Needed: Python 3.11 and make.
.DEFAULT_GOAL := help
.PHONY: help run serve elasticsearch elasticsearch-stop test test-all demo-reset screens lock lint messages environment environment-dev search-corpus bench-search bench bench-import race-numbers demo-canaries

PY := .venv/bin/python
MANAGE := $(PY) manage.py

help:
	@echo 'make run [PORT=8000]    the portal with its demo province, on http://localhost:8000'
	@echo 'make serve [PORT=8001]  the same data with production settings (DEMO=0)'
	@echo 'make test               all checks that Python alone can run'
	@echo 'make test-all           every check: PostgreSQL and a browser too'
	@echo 'make demo-reset         throw the demo away and load it again'
	@echo 'make elasticsearch      a real Elasticsearch for development on port 9200; make elasticsearch-stop ends it'
	@echo 'make screens            pictures of the main pages into docs/screens/'
	@echo 'make lint               style, types, templates, who imports whom, translations'
	@echo 'make messages           compile the translations and list what lacks English'
	@echo 'make search-corpus N=10000             made-up records for the search, into var/bench/'
	@echo 'make bench-search N=10000 [ENGINE=…]   how fast and how good the search is with so many; figures into var/bench/'
	@echo 'make bench [N=10000] [EDITS=1000]      how fast the portal answers behind nginx with so many startups (needs nginx and wrk)'
	@echo 'make bench-import N=10000              how fast a list of so many startups is taken over, and in how much memory'
	@echo 'make race-numbers N=50                 do certificate numbers stay without a gap when N are granted at once, on both databases'
	@echo 'make demo-canaries                     plant words in every field that is not public, and look for them as strangers do'
	@echo 'make lock               compile the requirements again, with hashes'

environment:
	@sh scripts/environment.sh

environment-dev:
	@sh scripts/environment.sh dev

run: environment
	@DEMO=1 PORT=$(or $(PORT),8000) PORTAL_LOG_LEVEL=$(or $(PORTAL_LOG_LEVEL),WARNING) $(MANAGE) serve

serve: environment
	@DEMO=0 PORT=$(or $(PORT),8001) $(MANAGE) serve

demo-reset: environment
	@DEMO=1 $(MANAGE) demo_reset

ES_FOLDER := $(or $(PORTAL_ELASTICSEARCH_DATA),/var/tmp/portal-elasticsearch-data-$(shell id -u))

elasticsearch:
	@sh scripts/elasticsearch.sh start $(ES_FOLDER) $(or $(ES_PORT),9200)

elasticsearch-stop:
	@sh scripts/elasticsearch.sh stop $(ES_FOLDER)

messages: environment
	@$(MANAGE) messages compile
	@$(MANAGE) messages missing

lint: environment-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/djlint templates --lint --quiet
	.venv/bin/lint-imports
	$(PY) -m mypy
	$(MANAGE) messages check

test: environment-dev
	@sh scripts/checks.sh python

test-all: environment-dev
	@sh scripts/checks.sh python real

screens: environment-dev
	@DEMO=1 $(PY) scripts/screens.py

search-corpus: environment
	@$(PY) -m bench.corpus $(or $(N),10000) --out var/bench/corpus-$(or $(N),10000).jsonl
	@$(PY) -m bench.queries $(or $(N),10000) --out var/bench/queries-$(or $(N),10000).json
	@ls -l var/bench/corpus-$(or $(N),10000).jsonl var/bench/queries-$(or $(N),10000).json

bench-search: environment
	@$(PY) -m bench.search $(or $(N),10000) $(if $(ENGINE),--engine $(ENGINE))

bench-import: environment
	@$(PY) -m bench.imports $(or $(N),10000) $(if $(DATABASE_URL),--database $(DATABASE_URL))

race-numbers: environment
	@$(PY) -m bench.race_numbers $(or $(N),50)

demo-canaries: environment
	@$(PY) -m bench.canaries

lock: environment-dev
	@sh scripts/lock.sh

bench: environment
	@$(PY) -m bench.portal $(or $(N),10000) $(if $(EDITS),--edits $(EDITS))
