//! The claim protocol between shards, whatever the order in which its steps arrive: several people want few names,
//! commands are lost, late and doubled, replies are lost, and flows stop anywhere.

use super::*;
use crate::caller::Caller;
use crate::command::{self, Command};
use proptest::prelude::*;

const SHARDS: u16 = 3;
/// Who sets out to do something at first; those who register again do so as somebody new, as a sub is drawn but once.
const PEOPLE: u8 = 4;
/// Who comes when all is over.
const NEWCOMER: u8 = 8;

/// What becomes of one command.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Well,
    Lost,
    /// It arrives after its sender has given up.
    Late,
    /// It arrives, and once more later.
    Twice,
    LostReply,
    /// The flow stops before it is sent.
    Stop,
}

/// What somebody sets out to do; numbers are of people and of names.
#[derive(Clone, Copy, Debug)]
enum Wish {
    Register { who: u8, username: u8, email: u8 },
    Rename { who: u8, to: u8 },
    Leave { who: u8 },
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A flow takes its next step.
    Go { flow: usize, fate: Fate },
    /// A late command arrives.
    Arrive(usize),
}

/// The shards of a pool, and what is still on its way to them.
struct Pool {
    shards: Vec<Trial>,
    late: Vec<(u16, Vec<u8>)>,
    sent: u32,
}

impl Pool {
    fn new() -> Self {
        let shards: Vec<Trial> = (0..SHARDS).map(|_| Trial::new(Kind::UserShard)).collect();
        // Whoever changes a name has a user before them: a shard that nothing has founded remembers no answers.
        for shard in &shards {
            shard.answer(&Raise {});
        }
        Self { shards, late: vec![], sent: 0 }
    }

    fn deliver(&self, shard: u16, bytes: &[u8]) -> Vec<u8> {
        let trial = &self.shards[usize::from(shard)];
        trial.object.handle(bytes, trial.now.get(), &trial.drawn).reply
    }

    /// Sends a command as the Worker does: one that failed is sent once more, under the same operation id.
    fn send<C: Command>(&mut self, shard: u16, command: &C, fate: Fate) -> Option<Reply<C::Answer>> {
        self.sent += 1;
        let operation = format!("send-{}", self.sent);
        let bytes = command::encode(command, &operation, 0, 0, &Caller::default()).unwrap();
        match fate {
            Fate::Lost => return None,
            Fate::Late => {
                self.late.push((shard, bytes));
                return None;
            }
            Fate::LostReply => {
                self.deliver(shard, &bytes);
                return None;
            }
            Fate::Twice => self.late.push((shard, bytes.clone())),
            Fate::Well | Fate::Stop => {}
        }
        Some(command::decode::<C>(&self.deliver(shard, &bytes)).unwrap())
    }

    fn everywhere(&self, select: &str) -> Vec<String> {
        let rows = self.shards.iter().flat_map(|shard| {
            let founded = shard.rows("SELECT 1 FROM sqlite_master WHERE name = 'meta'");
            if founded.is_empty() { vec![] } else { shard.rows(select) }
        });
        rows.map(|row| row.text(0).unwrap()).collect()
    }

    /// No name has two holders, and whoever holds one has the claim that keeps others off.
    fn assert_sound(&self) -> Result<(), TestCaseError> {
        let names = self.everywhere("SELECT kind || ' ' || key || ' ' || sub FROM name");
        let claims = self.everywhere("SELECT kind || ' ' || key || ' ' || sub FROM claim");
        let mut keys: Vec<&str> = names.iter().map(|name| name.rsplit_once(' ').unwrap().0).collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), all, "a name has two holders: {:?}", names);
        for name in &names {
            prop_assert!(claims.contains(name), "`{}` is held without a claim: {:?}", name, claims);
        }
        Ok(())
    }
}

/// Where a flow stands; the numbers are places among the names that live elsewhere.
#[derive(Clone, Debug)]
enum At {
    Claim(usize),
    Ask(usize, Claimant),
    Clear(usize, Claimant),
    Write,
    /// A name of the user's own shard is claimed from elsewhere.
    AskHere(Claimant),
    ClearHere(Claimant),
    Settle(usize),
    Release(usize),
    Forsake(Vec<Name>),
    End,
}

/// One use of the protocol, as the Worker's flow has it.
struct Flow {
    wish: Wish,
    sub: Sub,
    operation: String,
    here: Vec<Name>,
    elsewhere: Vec<Name>,
    at: At,
    /// Claims that are known to be ours.
    ours: usize,
    tries: u8,
    /// Whether its client was told that it is done.
    told: bool,
}

fn placement() -> Placement {
    Placement::new(SHARDS)
}

fn shard_of(name: &Name) -> u16 {
    placement().of_name(&name.key)
}

fn wished(kind: NameKind, number: u8) -> Name {
    Name { kind, key: format!("{}{number}", kind.label()) }
}

/// What the owner of a claim says; nothing where nobody heard it.
fn ask(pool: &mut Pool, other: &Claimant, fate: Fate) -> Option<Holding> {
    let decide = Decide { claimant: other.clone() };
    match pool.send(placement().of_sub(&other.sub), &decide, fate)? {
        Reply::Answer(holding) => Some(holding),
        _ => None,
    }
}

/// Takes a claim away whose owner does not hold the name; whether that is known to be done.
fn clear(pool: &mut Pool, other: &Claimant, fate: Fate) -> bool {
    let release = ReleaseClaim { claimant: other.clone() };
    matches!(pool.send(shard_of(&other.name), &release, fate), Some(Reply::Answer(())))
}

impl Flow {
    fn new(number: usize, wish: Wish) -> Self {
        let (who, names) = match wish {
            Wish::Register { who, username, email } => {
                (who, vec![wished(NameKind::Username, username), wished(NameKind::Email, email)])
            }
            Wish::Rename { who, to } => (who, vec![wished(NameKind::PreferredUsername, to)]),
            Wish::Leave { who } => (who, vec![]),
        };
        let sub = sub(who);
        let home = placement().of_sub(&sub);
        let (here, elsewhere) = names.into_iter().partition(|name| shard_of(name) == home);
        let operation = format!("flow-{number}");
        Self { wish, sub, operation, here, elsewhere, at: At::Claim(0), ours: 0, tries: 0, told: false }
    }

    fn home(&self) -> u16 {
        placement().of_sub(&self.sub)
    }

    fn claimant(&self, at: usize) -> Claimant {
        Claimant {
            name: self.elsewhere[at].clone(),
            sub: self.sub.clone(),
            operation: self.operation.clone(),
        }
    }

    fn step(&mut self, pool: &mut Pool, fate: Fate) {
        if matches!(fate, Fate::Stop) {
            self.at = At::End;
            return;
        }
        self.at = match self.at.clone() {
            At::Claim(at) if at == self.elsewhere.len() => At::Write,
            At::Claim(at) => {
                let claim = Claim { claimant: self.claimant(at), placement: placement() };
                match pool.send(shard_of(&self.elsewhere[at]), &claim, fate) {
                    Some(Reply::Answer(Taken::Ours)) => {
                        self.ours = at + 1;
                        At::Claim(at + 1)
                    }
                    Some(Reply::Answer(Taken::Contested(other))) if self.again() => At::Ask(at, other),
                    _ => At::Release(0),
                }
            }
            At::Ask(at, other) => match ask(pool, &other, fate) {
                Some(Holding::NotHeld) => At::Clear(at, other),
                Some(Holding::Held) | None => At::Release(0),
            },
            At::Clear(at, other) if clear(pool, &other, fate) => At::Claim(at),
            At::Clear(..) => At::Release(0),
            At::Write => self.write(pool, fate),
            At::AskHere(other) => match ask(pool, &other, fate) {
                Some(Holding::NotHeld) => At::ClearHere(other),
                Some(Holding::Held) => At::Release(0),
                None => At::End,
            },
            At::ClearHere(other) if clear(pool, &other, fate) => At::Write,
            At::Settle(at) if at == self.ours => {
                self.told = true;
                At::End
            }
            At::Settle(at) => {
                let settle = SettleClaim { claimant: self.claimant(at) };
                pool.send(shard_of(&self.elsewhere[at]), &settle, fate);
                At::Settle(at + 1)
            }
            At::Release(at) if at == self.ours => At::End,
            At::Release(at) => {
                let release = ReleaseClaim { claimant: self.claimant(at) };
                pool.send(shard_of(&self.elsewhere[at]), &release, fate);
                At::Release(at + 1)
            }
            At::Forsake(mut names) => match names.pop() {
                None => At::End,
                Some(name) => {
                    let forsake = Forsake { sub: self.sub.clone(), name };
                    pool.send(shard_of(&forsake.name), &forsake, fate);
                    At::Forsake(names)
                }
            },
            At::ClearHere(_) | At::End => At::End,
        };
    }

    fn again(&mut self) -> bool {
        self.tries += 1;
        self.tries <= 3
    }

    fn write(&mut self, pool: &mut Pool, fate: Fate) -> At {
        let home = self.home();
        let answer = match self.wish {
            Wish::Register { who, .. } => {
                let command = Register {
                    here: self.here.clone(),
                    elsewhere: self.elsewhere.clone(),
                    operation: self.operation.clone(),
                    placement: placement(),
                    ..register(who, &format!("person{who}"))
                };
                pool.send(home, &command, fate)
            }
            Wish::Rename { .. } => {
                let name = self.here.iter().chain(&self.elsewhere).next().unwrap();
                let command = AdminSetAttributes {
                    who: Who::known(self.sub.clone()),
                    attributes: BTreeMap::from([("preferred_username".to_owned(), name.key.clone())]),
                    removed: vec![],
                    here: self.here.clone(),
                    elsewhere: self.elsewhere.clone(),
                    operation: self.operation.clone(),
                    placement: placement(),
                };
                pool.send(home, &command, fate).map(|reply| match reply {
                    Reply::Answer(Located::Here(registered)) => Reply::Answer(registered),
                    _ => Reply::Absent,
                })
            }
            Wish::Leave { .. } => {
                let command =
                    DeleteUser { who: Who::known(self.sub.clone()), proof: None, placement: placement() };
                return match pool.send(home, &command, fate) {
                    Some(Reply::Answer(Located::Here(deleted))) => At::Forsake(deleted.elsewhere),
                    _ => At::End,
                };
            }
        };
        match answer {
            Some(Reply::Answer(Registered::Done(_))) => At::Settle(0),
            Some(Reply::Answer(Registered::Contested(other))) if self.again() => At::AskHere(other),
            // Nobody knows whether it was written: the claims stay, and asking decides.
            Some(Reply::Fault(_)) | None => At::End,
            Some(_) => At::Release(0),
        }
    }
}

fn wish() -> impl Strategy<Value = Wish> {
    let who = 0..PEOPLE;
    prop_oneof![
        4 => (who.clone(), 0..2_u8, 0..2_u8)
            .prop_map(|(who, username, email)| Wish::Register { who, username, email }),
        2 => (who.clone(), 0..2_u8).prop_map(|(who, to)| Wish::Rename { who, to }),
        1 => who.prop_map(|who| Wish::Leave { who }),
    ]
}

fn step(flows: usize) -> impl Strategy<Value = Step> {
    let fate = prop_oneof![
        12 => Just(Fate::Well),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Late),
        1 => Just(Fate::Twice),
        1 => Just(Fate::LostReply),
        1 => Just(Fate::Stop),
    ];
    prop_oneof![
        20 => (0..flows, fate).prop_map(|(flow, fate)| Step::Go { flow, fate }),
        2 => any::<usize>().prop_map(Step::Arrive),
    ]
}

/// The same wishes, with nobody registering twice.
fn of_their_own(wishes: Vec<Wish>) -> Vec<Wish> {
    let mut registered = Vec::new();
    let mut fresh = PEOPLE..NEWCOMER;
    let own = |wish| match wish {
        Wish::Register { who, username, email } if registered.contains(&who) => match fresh.next() {
            Some(who) => Wish::Register { who, username, email },
            None => Wish::Rename { who, to: username },
        },
        Wish::Register { who, .. } => {
            registered.push(who);
            wish
        }
        Wish::Rename { .. } | Wish::Leave { .. } => wish,
    };
    wishes.into_iter().map(own).collect()
}

/// Runs a flow to its end on a good day; gives whether it had what it wanted.
fn calmly(pool: &mut Pool, wish: Wish, number: usize) -> bool {
    let mut flow = Flow::new(number, wish);
    for _ in 0..40 {
        flow.step(pool, Fate::Well);
    }
    flow.told
}

const FLOWS: usize = 7;

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_lost_late_or_doubled_a_name_has_one_holder_and_one_nobody_holds_can_be_had(
        wishes in proptest::collection::vec(wish(), FLOWS).prop_map(of_their_own),
        steps in proptest::collection::vec(step(FLOWS), 0..120),
    ) {
        let mut pool = Pool::new();
        let mut flows: Vec<Flow> =
            wishes.iter().enumerate().map(|(number, wish)| Flow::new(number, *wish)).collect();
        for step in steps {
            match step {
                Step::Go { flow, fate } => flows[flow].step(&mut pool, fate),
                Step::Arrive(at) if !pool.late.is_empty() => {
                    let (shard, bytes) = pool.late.remove(at % pool.late.len());
                    pool.deliver(shard, &bytes);
                }
                Step::Arrive(_) => {}
            }
            pool.assert_sound()?;
        }
        // What a client was told is so, unless the person has meant to leave.
        let leaving = |sub: &Sub| {
            flows.iter().any(|flow| matches!(flow.wish, Wish::Leave { .. }) && flow.sub == *sub)
        };
        let users = pool.everywhere("SELECT sub FROM user");
        for flow in flows.iter().filter(|flow| flow.told && !leaving(&flow.sub)) {
            prop_assert!(users.iter().any(|sub| sub == flow.sub.as_str()), "{:?} was lost", flow.wish);
        }
        // Whatever is half done and still under way: somebody new gets a name exactly if nobody holds it.
        let names = pool.everywhere("SELECT kind || ' ' || key FROM name");
        for number in 0..2 {
            let Name { kind, key } = wished(NameKind::Username, number);
            let free = !names.contains(&format!("{} {key}", kind.label()));
            let wish = Wish::Register { who: NEWCOMER + number, username: number, email: 7 + number };
            let had = calmly(&mut pool, wish, 100 + usize::from(number));
            prop_assert_eq!(had, free, "`{}`, held: {:?}", key, names);
            pool.assert_sound()?;
        }
        // Stragglers change nothing of that.
        while let Some((shard, bytes)) = pool.late.pop() {
            pool.deliver(shard, &bytes);
            pool.assert_sound()?;
        }
    }
}
