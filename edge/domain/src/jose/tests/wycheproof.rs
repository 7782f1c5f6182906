//! Project Wycheproof's signatures, valid and forged, against the native backend. The same vectors hold the runtime's
//! backend to the same answers, from a test that runs there.

use wycheproof::TestResult;
use wycheproof::ecdsa::{TestName as Ecdsa, TestSet as EcdsaSet};
use wycheproof::rsa_pkcs1_verify::{TestName as Rsa, TestSet as RsaSet};

use super::at_once;
use crate::jose::{Algorithm, Keys as _, PublicKey, native};

/// Whether `accepted` is right, where Wycheproof leaves no choice or we made ours: nothing merely acceptable passes.
fn assert_verdict(accepted: bool, expected: TestResult, case: usize, comment: &str) {
    assert_eq!(accepted, expected == TestResult::Valid, "case {case}: {comment}");
}

#[test]
fn ecdsa_on_p256_answers_as_wycheproof_does() {
    let set = EcdsaSet::load(Ecdsa::EcdsaSecp256r1Sha256P1363).unwrap();
    let mut seen = 0;
    for group in set.test_groups {
        let point: &[u8] = group.key.key.as_ref();
        let (x, y) = point[1..].split_at(32);
        let key = PublicKey::p256(x, y).unwrap();
        for test in group.tests {
            let answer = native::Keys::new();
            let accepted = at_once(answer.verify(&key, Algorithm::Es256, &test.msg, &test.sig)).unwrap();
            assert_verdict(accepted, test.result, test.tc_id, &test.comment);
            seen += 1;
        }
    }
    assert_eq!(seen, set.number_of_tests);
}

#[test]
fn rsa_answers_as_wycheproof_does() {
    for (name, algorithm) in [
        (Rsa::Rsa2048Sha256, Algorithm::Rs256),
        (Rsa::Rsa2048Sha512, Algorithm::Rs512),
        (Rsa::Rsa4096Sha256, Algorithm::Rs256),
        (Rsa::Rsa4096Sha512, Algorithm::Rs512),
    ] {
        let set = RsaSet::load(name).unwrap();
        let mut seen = 0;
        for group in set.test_groups {
            let key = PublicKey::rsa(&group.key.n, &group.key.e).unwrap();
            for test in group.tests {
                let keys = native::Keys::new();
                let accepted = at_once(keys.verify(&key, algorithm, &test.msg, &test.sig)).unwrap();
                assert_verdict(accepted, test.result, test.tc_id, &test.comment);
                seen += 1;
            }
        }
        assert_eq!(seen, set.number_of_tests);
    }
}
