//! A shard whose other end is the test: clients, the sequencer and the store.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use chinwag_grammar::{Nick, Number, RoomName, Time};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::command::Command;
use crate::config::{Config, Limits};
use crate::effect::{Audience, Batch, Delivery, Effect, Hearer, To};
use crate::machine::Entry;
use crate::model::event::Speech;
use crate::model::{ConnId, Event, Fact, RoomId, RoomRef, Spot, Who};
use crate::net::admission::Admission;
use crate::net::listen::Arrival;
use crate::net::shard::{Handle, Parts, Shard};
use crate::net::stream::Socket;
use crate::net::tls::Reloadable;
use crate::reply::Reply;
use crate::sequencer::Input;

pub const GREETING: &str =
    "+OK chinwag at chinwag.localhost: 3 people here. HELP, or: REGISTER name / LOGIN name\r\n";
/// Whatever takes longer will not come.
pub const SOON: Duration = Duration::from_secs(10);

/// A shard, and the other end of its channels.
pub struct World {
    pub handle: Handle,
    pub inputs: mpsc::Receiver<Input>,
    pub listener: TcpListener,
    pub admission: Admission,
}

pub type Client = BufReader<TcpStream>;

impl World {
    pub fn new(change: impl FnOnce(&mut Limits)) -> Self {
        Self::with(None, change)
    }

    pub fn with(tls: Option<Arc<Reloadable>>, change: impl FnOnce(&mut Limits)) -> Self {
        let mut config = Config::default();
        change(&mut config.limits);
        let (sender, inputs) = mpsc::channel(8);
        let parts = Parts {
            inputs: sender,
            config: Arc::new(config),
            tls,
            people: Arc::new(AtomicUsize::new(3)),
        };
        Self {
            handle: Shard::start(7, parts).unwrap(),
            inputs,
            listener: listener(),
            admission: Admission::new(100, 0),
        }
    }

    /// A client that has said this, and who it is.
    pub async fn client(&mut self, says: &str) -> (Client, ConnId) {
        let mut client = self.knock().await;
        client.write_all(says.as_bytes()).await.unwrap();
        let conn = self.connected().await;
        assert_eq!(line(&mut client).await, GREETING);
        (client, conn)
    }

    pub async fn knock(&self) -> Client {
        let address = self.listener.local_addr().unwrap();
        let client = TcpStream::connect(address).await.unwrap();
        let (socket, _) = self.listener.accept().await.unwrap();
        let arrival = Arrival {
            socket: Socket::Tcp(socket).unregister().unwrap(),
            listener: 0,
            place: self.admission.enter().unwrap(),
        };
        self.handle.accepted.send(arrival).await.unwrap();
        BufReader::new(client)
    }

    pub async fn input(&mut self) -> Input {
        let input = timeout(SOON, self.inputs.recv()).await;
        input.unwrap().unwrap()
    }

    pub async fn connected(&mut self) -> ConnId {
        match self.input().await {
            Input::Entry(Entry::Connected { session }) => {
                assert!(session.origin.loopback && session.admitted && !session.origin.tls);
                assert_eq!(session.origin.host, "127.0.0.1");
                assert_eq!(session.conn.shard(), 7);
                session.conn
            }
            _ => panic!("something else came first"),
        }
    }

    pub async fn disconnected(&mut self) -> Option<String> {
        match self.input().await {
            Input::Entry(Entry::Disconnected { why, .. }) => why.map(|why| why.to_string()),
            _ => panic!("it is still there"),
        }
    }

    pub async fn measured(&mut self) -> (ConnId, u16) {
        match self.input().await {
            Input::Entry(Entry::Measured { conn, width }) => (conn, width),
            _ => panic!("nothing was measured"),
        }
    }

    pub async fn request(&mut self) -> Command {
        match self.input().await {
            Input::Request { command, .. } => *command,
            _ => panic!("that is no request"),
        }
    }

    pub async fn deliver(&self, effects: Vec<Effect>) {
        let batch = Arc::new(Batch {
            applied: 1,
            effects,
        });
        let delivery = Delivery::Batch(batch);
        self.handle.deliveries.send(delivery).await.unwrap();
    }

    pub async fn answer(&self, conn: ConnId, reply: Reply) {
        self.deliver(vec![Effect::Answer { conn, reply }]).await;
    }

    /// The shard ends; it must have nothing against it.
    pub async fn end(self) {
        drop(self.inputs);
        let ended = tokio::task::spawn_blocking(move || self.handle.end().join());
        timeout(SOON, ended).await.unwrap().unwrap().unwrap();
    }
}

fn listener() -> TcpListener {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    TcpListener::from_std(listener).unwrap()
}

pub async fn line(client: &mut Client) -> String {
    let mut line = String::new();
    let read = timeout(SOON, client.read_line(&mut line)).await;
    read.unwrap().unwrap();
    line
}

pub async fn rest(client: &mut Client) -> String {
    let mut rest = String::new();
    let read = timeout(SOON, client.read_to_string(&mut rest)).await;
    read.unwrap().unwrap();
    rest
}

pub fn ok(number: u64) -> Reply {
    let number = Number::new(number).unwrap();
    Reply::Numbered { number }
}

/// Carol says something that this connection hears.
pub fn said(conn: ConnId, number: u64, text: &str) -> Effect {
    let room = RoomRef {
        id: RoomId(1),
        name: RoomName::parse("#tea").unwrap(),
    };
    let event = Event::Said {
        spot: Spot::Room(room),
        by: Who {
            account: None,
            nick: Nick::parse("carol").unwrap(),
        },
        speech: Speech::Message,
        reply_to: None,

        tags: Vec::new(),
        text: text.into(),
    };
    let fact = Fact {
        number: Number::new(number),
        at: Time::from_millis(0),
        event,
    };
    Effect::Fact {
        fact: Arc::new(fact),
        audience: Audience {
            to: To::People(vec![Hearer::Conn(conn)]),
            except: None,
        },
    }
}

/// Something that is told to nobody, and changes how connections are.
pub fn unheard(event: Event) -> Effect {
    let fact = Fact {
        number: None,
        at: Time::from_millis(0),
        event,
    };
    Effect::Fact {
        fact: Arc::new(fact),
        audience: Audience::NOBODY,
    }
}
