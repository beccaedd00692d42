"""Proofs of a certificate: what it says as a short signed text, in a QR and a link, that anybody checks without a network.

    claim = Claim(number="12/2026/DNKHCN", regime="nd268", holder="Công ty …", tax_code="6200…",
                  first_issued_on=date(2026, 11, 20), issued_on=date(2026, 11, 20))
    text = sign(claim, signing_key())           # at most 300 signs of base64url
    picture = qr_svg(verification_url(text))
    proof = verify(text, published_keys())      # a Proof, or NotValid

It takes plain values and knows no certificate. It says what was signed on a day; whether the certificate is in force today
only the register says.
"""
