//! The worked examples of RFC 7515 (appendix A) and RFC 7638 (§3.1).

use super::at_once;
use crate::jose::{Algorithm, BadKey, Jwk, PublicKey, Rejected, Unverified, native};

const RSA_KEY: &str = r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#;
const RSA_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
const EC_KEY: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#;
const EC_TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
const HMAC_TOKEN: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const UNSECURED_TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";

fn key(jwk: &str) -> PublicKey {
    PublicKey::from_jwk(&serde_json::from_str::<Jwk>(jwk).unwrap()).unwrap()
}

#[test]
fn the_examples_signed_with_rsa_and_ecdsa_verify() {
    for (jwk, token, algorithm) in
        [(RSA_KEY, RSA_TOKEN, Algorithm::Rs256), (EC_KEY, EC_TOKEN, Algorithm::Es256)]
    {
        let token = Unverified::parse(token).unwrap();
        assert_eq!(token.algorithm(), algorithm);
        assert_eq!(token.issuer().as_deref(), Some("joe"));
        let claims = at_once(token.verify(&native::Keys::new(), &key(jwk))).unwrap();
        assert_eq!(claims.text("iss"), Some("joe"));
        assert_eq!(claims.seconds("exp"), Some(1_300_819_380));
        assert_eq!(claims.get("http://example.com/is_root"), Some(&true.into()));
    }
}

#[test]
fn the_examples_do_not_verify_once_the_payload_is_another() {
    for (jwk, token) in [(RSA_KEY, RSA_TOKEN), (EC_KEY, EC_TOKEN)] {
        let forged = token.replace(".eyJpc3MiOiJqb2Ui", ".eyJpc3MiOiJqYW4i");
        assert_ne!(forged, token);
        let verdict = at_once(Unverified::parse(&forged).unwrap().verify(&native::Keys::new(), &key(jwk)));
        assert_eq!(verdict.unwrap_err(), Rejected::Signature);
    }
}

#[test]
fn the_unsecured_and_the_symmetric_example_are_not_even_tokens() {
    for token in [UNSECURED_TOKEN, HMAC_TOKEN] {
        assert_eq!(Unverified::parse(token).unwrap_err(), crate::jose::Malformed::Algorithm);
    }
}

#[test]
fn the_example_thumbprint_comes_out() {
    let jwk = r#"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#;
    let key = key(jwk);
    assert_eq!(key.kid(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_eq!(key.algorithm(), Some(Algorithm::Rs256));
    assert_eq!(key.clone().pinned(Algorithm::Rs512).unwrap_err(), BadKey::Purpose);
}
