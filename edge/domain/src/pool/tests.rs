use super::*;
use crate::address::Kind;
use crate::command::Reply;
use crate::context::Job;
use crate::error::Refusal;
use crate::id::IdKey;
use crate::object::trial::{NoChance, START, Trial};
use std::collections::BTreeMap;

fn settings() -> Settings {
    Settings {
        name: "pool".into(),
        password: PasswordPolicy::default(),
        auto_verified: vec![],
        aliases: vec![Alias::Email],
        username_attributes: vec![],
        case_sensitive: false,
        case_rule_given: false,
        schema: BTreeMap::new(),
        messages: Messages::default(),
        admin_only: false,
        recovery: None,
        verify_before_update: vec![],
        deletion_protection: false,
        tags: BTreeMap::new(),
        tier: "ESSENTIALS".into(),
        echo: BTreeMap::new(),
    }
}

fn pool() -> UserPool {
    let id = PoolId::draw(&IdKey::new([7; 32]), "us-east-1", &NoChance);
    UserPool {
        issuer: format!("http://localhost/{id}"),
        id,
        version: 99,
        placement: Placement::new(3),
        settings: settings(),
        domain: None,
        created: 0,
        modified: 0,
        keys: vec![],
    }
}

fn made() -> Trial {
    let trial = Trial::new(Kind::Pool);
    let made = trial.answer(&CreatePool { pool: pool() });
    assert_eq!((made.version, made.created), (1, START));
    trial.answer(&Told { tell: register(Kind::UserShard, made.id.tag()) });
    trial
}

fn set_domain(domain: Option<&str>) -> SetDomain {
    SetDomain { domain: domain.map(str::to_owned), instead_of: None }
}

/// The jobs that are due once the flow's own time is over.
fn due(trial: &Trial) -> Vec<Job> {
    trial.object.ring(START + 60).unwrap()
}

fn tell(job: &Job) -> Tell {
    serde_json::from_str(&job.body).unwrap()
}

#[test]
fn a_change_commits_the_next_version_together_with_the_job_that_tells_it() {
    let trial = made();
    let changed = trial.answer(&UpdatePool { settings: Settings { name: "other".into(), ..settings() } });
    assert_eq!(changed.version, 2);
    let jobs = due(&trial);
    assert_eq!(jobs.len(), 1);
    let told = tell(&jobs[0]);
    assert_eq!((told.version, told.shards, told.gone), (2, 3, false));
    trial.answer(&Told { tell: told });
    assert_eq!(due(&trial), []);
}

#[test]
fn a_new_pool_is_made_known_to_the_account_and_no_shard() {
    let trial = Trial::new(Kind::Pool);
    trial.answer(&CreatePool { pool: pool() });
    let jobs = due(&trial);
    let told = tell(&jobs[0]);
    assert_eq!((jobs.len(), told.shards, told.version), (1, 0, 1));
    trial.answer(&Told { tell: told });
    assert_eq!(due(&trial), []);
}

#[test]
fn a_prefix_that_was_given_up_is_not_taken_from_a_change_that_came_meanwhile() {
    let trial = made();
    trial.answer(&set_domain(Some("demo")));
    let give_up = |domain: &str| SetDomain { domain: None, instead_of: Some(domain.into()) };
    assert!(matches!(trial.refusal(&give_up("other")), Refusal::DomainNotFound { .. }));
    assert_eq!(trial.answer(&give_up("demo")).domain, None);
    assert!(matches!(trial.refusal(&give_up("demo")), Refusal::DomainNotFound { .. }));
}

#[test]
fn telling_of_an_older_version_does_not_end_the_job_of_a_newer_one() {
    let trial = made();
    trial.answer(&UpdatePool { settings: settings() });
    let old = tell(&due(&trial)[0]);
    trial.answer(&UpdatePool { settings: settings() });
    trial.answer(&Told { tell: old });
    assert_eq!(due(&trial).iter().map(|job| tell(job).version).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_pool_whose_end_was_begun_ends_although_its_configuration_changes_meanwhile() {
    let trial = made();
    let end = trial.answer(&DeletePool {});
    trial.answer(&UpdatePool { settings: settings() });
    let jobs = due(&trial);
    assert!(jobs.iter().any(|job| tell(job) == end), "{jobs:?}");
    trial.answer(&FinishDelete { tell: end });
    assert!(matches!(trial.ask(&FindPool {}), Reply::Gone));
}

#[test]
fn what_is_frozen_does_not_change_and_nothing_else_does_either() {
    let trial = made();
    for changed in [
        Settings { aliases: vec![], ..settings() },
        Settings { username_attributes: vec![Contact::Email], ..settings() },
        Settings { case_sensitive: true, ..settings() },
        Settings {
            schema: BTreeMap::from([("custom:x".to_owned(), settings().attribute("name").unwrap())]),
            ..settings()
        },
    ] {
        let changed = Settings { name: "other".into(), ..changed };
        assert!(matches!(trial.refusal(&UpdatePool { settings: changed }), Refusal::Invalid { .. }));
    }
    let pool = trial.answer(&FindPool {});
    assert_eq!((pool.version, pool.settings), (1, settings()));
    assert_eq!(due(&trial), []);
}

#[test]
fn a_protected_pool_or_one_with_a_domain_is_not_deleted() {
    let trial = made();
    trial.answer(&set_domain(Some("demo")));
    assert!(matches!(trial.refusal(&DeletePool {}), Refusal::PoolProtected { .. }));
    assert!(matches!(trial.refusal(&set_domain(Some("second"))), Refusal::Invalid { .. }));
    trial.answer(&set_domain(None));
    trial.answer(&UpdatePool { settings: Settings { deletion_protection: true, ..settings() } });
    assert!(matches!(trial.refusal(&DeletePool {}), Refusal::PoolProtected { .. }));
    trial.answer(&UpdatePool { settings: settings() });
    trial.answer(&DeletePool {});
}

#[test]
fn a_tag_that_is_taken_is_not_founded_anew() {
    let trial = made();
    let before = trial.dump();
    trial.fault(&CreatePool { pool: pool() });
    assert_eq!(trial.dump(), before);
}
