import threading

import pytest
from django.db import connection, connections, transaction

from registry.core.models import Counter, IssuedNumber
from registry.core.numbers import NumberTaken, format_number, next_number, next_reference, take_over


@pytest.mark.django_db
def test_numbers_run_from_one_in_each_series_and_year():
    assert [next_number("startup_dossier", 2026) for _ in range(3)] == [1, 2, 3]
    assert next_number("startup_dossier", 2027) == 1
    assert next_number("other", 2026) == 1


@pytest.mark.django_db
def test_a_reference_is_written_by_the_pattern_of_its_series():
    assert next_reference("startup_dossier", 2026) == "KN-2026-00001"
    assert format_number("{number}/DN-KNST", 27, 2026) == "27/DN-KNST"


@pytest.mark.django_db
def test_a_number_taken_over_is_stepped_over_and_refused_a_second_time():
    assert take_over("giay", 2026, 2) == 2
    assert [next_number("giay", 2026) for _ in range(3)] == [1, 3, 4]
    for used in (1, 2, 4):
        with pytest.raises(NumberTaken, match=f"Số {used} của năm 2026 đã được dùng"):
            take_over("giay", 2026, used)
    assert take_over("giay", 2027, 2) == 2
    assert IssuedNumber.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, -5])
def test_only_numbers_from_one_are_taken_over(number):
    with pytest.raises(NumberTaken, match="từ 1"):
        take_over("giay", 2026, number)


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        next_number("startup_dossier", 2026)
    assert not Counter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_number_goes_back_with_its_transaction():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = next_number("startup_dossier", 2026) / 0
    with transaction.atomic():
        assert next_number("startup_dossier", 2026) == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_each_number_once_and_none_is_left_out():
    """Eight writers, the counter's row not there yet, a third of the transactions rolled back."""
    taken, failures = [], []
    start = threading.Barrier(8)

    def work() -> None:
        try:
            start.wait()
            for turn in range(9):
                with transaction.atomic():
                    number = next_number("startup_dossier", 2026)
                    if turn % 3 == 2:
                        transaction.set_rollback(True)
                    else:
                        taken.append(number)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(taken) == list(range(1, 8 * 6 + 1))
    assert Counter.objects.get(scope="startup_dossier", year=2026).value == 48


@pytest.mark.django_db(transaction=True)
def test_two_clerks_typing_the_same_number_get_it_once():
    outcomes = []
    start = threading.Barrier(4)

    def work() -> None:
        try:
            start.wait()
            with transaction.atomic():
                outcomes.append(take_over("giay", 2026, 7))
        except NumberTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [7, "taken", "taken", "taken"]
