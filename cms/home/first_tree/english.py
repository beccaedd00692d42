"""The first pages in English: translations of the Vietnamese ones, key by key."""

from typing import Any, Final

from cms.home.first_tree import Text, block, heading, paragraph, unconfirmed

HOME_TITLE: Final = "Home"
HOME_DESCRIPTION: Final = "Register a startup, read the news, search: innovation in Lai Châu province in one place."
NEWS: Final = Text(
    "news", "news", "News", "What is being done, new policy, and the people who make new things in Lai Châu.", ()
)

BANDS: Final[tuple[dict[str, Any], ...]] = (
    block(
        "hero",
        {
            "title": "Ideas from high mountains, going further.",
            "lead": "Register a startup, see who is doing what, follow policy: innovation in the province in one place.",
            "hints": [],
        },
    ),
    block(
        "doors",
        {
            "doors": [
                {
                    "icon": "rocket",
                    "title": "Register a startup",
                    "text": "Seven steps, saved as you write. The Department answers in about 5 working days.",
                    "place": "register",
                    "page": None,
                    "accent": True,
                },
                {
                    "icon": "layout-list",
                    "title": "Look through the startup directory",
                    "text": "Filter by field, commune and stage; download the list as a spreadsheet.",
                    "place": "startups",
                    "page": None,
                    "accent": False,
                },
                {
                    "icon": "newspaper",
                    "title": "Read news and new documents",
                    "text": "Policy, events, stories of people at work; words inside attachments are found too.",
                    "place": "news",
                    "page": None,
                    "accent": False,
                },
            ]
        },
    ),
    block("figures", {"title": "The startup directory today"}),
    block("news", {"title": "News"}),
    block("startups", {"title": "Meet the people at work", "limit": 4}),
)

ABOUT: Final = Text(
    "about",
    "about",
    "About",
    "Whose site this is, what you can do here, and whom to ask.",
    (
        heading("What this site is for"),
        paragraph(
            "This is the innovation portal of Lai Châu province. People with an idea register a startup here; the Department checks it and "
            "lists it in the public directory; anybody may search the directory, read the news and find documents.",
            "<ul><li><b>Register</b> a startup, answer when the Department asks, and follow it to the result.</li>"
            "<li><b>Search</b> the directory by field, commune and stage, and download the list.</li>"
            "<li><b>Follow</b> news, policy and events of science and technology.</li></ul>",
        ),
        heading("Who is responsible"),
        paragraph(
            "The Department of Science and Technology of Lai Châu province runs the site and answers for its content. The responsible person, "
            "the address and how to get in touch stand at the foot of every page."
        ),
        unconfirmed(
            "Waiting for the Department",
            "The phone number and e-mail address at the foot of the page are samples until the Department confirms them.",
        ),
        heading("Using this information"),
        paragraph(
            "You may quote and reuse public information from this site if you name the source and the date. Where a photo names its author, "
            "ask the author before using it for something else. The drawings on this site are made by a program from patterns; they show no real place."
        ),
    ),
)

PERSONAL_DATA: Final = Text(
    "personal-data",
    "personal-data",
    "Personal data",
    "What the site keeps about you, what for, who can see it, and what your rights are.",
    (
        heading("When you only read"),
        paragraph(
            "You need no account. The site calls no third-party service, shows no advertising and does not follow you from page to page.",
            "If you change the text size or the theme, your browser keeps one cookie named <b>look</b> that records only that choice. The "
            "server keeps technical logs for safety; they do not copy what you type into forms.",
        ),
        heading("When you have an account"),
        paragraph(
            "<ul><li><b>E-mail address and name:</b> so that you can sign in and hear about your dossier.</li>"
            "<li><b>Your dossier:</b> so that the Department can check and decide. Every item says whether it will be public.</li>"
            "<li><b>Legal representative and identity papers:</b> only case officers can see them, and each look leaves a line in a log.</li></ul>",
            "The public directory shows only what you agreed to make public.",
        ),
        heading("Your rights"),
        paragraph(
            "You may know, see and correct your data, ask for its deletion, and withdraw your consent. Decisions and the history of a dossier are "
            "public records: they are kept as archive rules say, and personal data in them is hidden when it is no longer needed.",
            "Write to the e-mail address at the foot of the page, say who you are and what you need. Legal basis: Law on Personal Data "
            "Protection No. 91/2025/QH15.",
        ),
        unconfirmed(
            "Waiting for the Department",
            "How long each kind of dossier is kept, who is in charge of data protection, and how soon requests are answered will be added here by the Department.",
        ),
    ),
)

ACCESSIBILITY: Final = Text(
    "accessibility",
    "accessibility",
    "Accessibility",
    "The site is made for everybody, also without sight, without hearing, without a mouse.",
    (
        heading("What you can change"),
        paragraph(
            "<ul><li>Small, medium or large text and a light, dark or high-contrast theme: at the top of the page; on a phone, press “Display”.</li>"
            "<li>Everything works with the keyboard; the first Tab leads to the link “Skip to main content”.</li>"
            "<li>At 200 % zoom you can still read without scrolling sideways.</li>"
            "<li>The site works with JavaScript switched off.</li></ul>"
        ),
        heading("Standard"),
        paragraph(
            "We work to WCAG 2.2 level AA, above the minimum of WCAG 2.0 that Circular 22/2023/TT-BTTTT requires. With every change the main "
            "pages are checked automatically with axe. Automatic checks do not see every fault."
        ),
        heading("What is not good yet"),
        paragraph(
            "<ul><li>Files written elsewhere (scanned PDF, spreadsheets) may not work with a screen reader. Write to the Department for a text version.</li>"
            "<li>Not every article exists in English. Where one is missing, the site says so.</li></ul>"
        ),
        unconfirmed(
            "Waiting for the Department",
            "No independent body and no disabled users have tested the site yet. The date and result of such a test will stand here.",
        ),
        heading("Report a problem"),
        paragraph("Write to the e-mail address at the foot of the page: which page, which device, what did not work."),
    ),
)

HELP: Final = Text(
    "help",
    "help",
    "Help",
    "Questions people ask about registering, dossiers and searching.",
    (
        heading("Registering a startup"),
        paragraph(
            "<ol><li>Open an account with your e-mail address and follow the link in the message.</li>"
            "<li>Say for whom you act: an enterprise with a tax code, a group, or yourself.</li>"
            "<li>Write the seven steps. Each is saved; if the line breaks, go on later.</li>"
            "<li>Check your answers, agree to what becomes public, and send. You get a reference number at once.</li></ol>"
        ),
        heading("After sending"),
        paragraph(
            "Your dossier's page says where it stands and by when the Department answers. The 5 working days are the Department's promise, not a limit "
            "set by law. When the Department asks for more, you get a message and change only what was asked."
        ),
        heading("Nothing found"),
        paragraph(
            "Type with or without Vietnamese marks: “khởi nghiệp” and “khoi nghiep” find the same. Put a phrase in quotation marks to find it word for "
            "word. Words inside the attachments of an article are found too."
        ),
        heading("Something is wrong"),
        paragraph(
            "Every page of the directory has a link “Report an error”. Say what is wrong and what is right; the Department checks and answers you."
        ),
    ),
)

PAGES: Final = (ABOUT, HELP, PERSONAL_DATA, ACCESSIBILITY)
