//! The bodies of answers: bytes, a stream of events, or a file that is read as far as it has been sent.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc::Receiver;
use tokio::task::{JoinHandle, spawn_blocking};

use super::connections::Busy;
use super::hub::Event;
use crate::disk::Stretch;

/// What an answer consists of.
#[derive(Debug)]
pub(super) enum Payload {
    /// All of it; `None` once it has been sent.
    Bytes(Option<Bytes>),
    /// Events for as long as there are some; it does not end.
    Events(Receiver<Event>),
    /// A file.
    File(FileStream),
}

/// Reads a file on another thread, one piece at a time, so that a browser that takes long to receive one keeps no thread.
#[derive(Debug)]
pub(super) struct FileStream {
    /// How many bytes have not been sent.
    left: u64,
    reader: Reader,
}

#[derive(Debug)]
enum Reader {
    /// `None` after a fault.
    Resting(Option<Stretch>),
    Reading(JoinHandle<(Stretch, io::Result<Vec<u8>>)>),
}

impl Payload {
    /// Makes a body of bytes.
    pub(super) fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::Bytes(Some(bytes.into()))
    }
}

impl FileStream {
    /// Sends what is left of a file.
    pub(super) fn new(stretch: Stretch) -> Self {
        Self { left: stretch.len(), reader: Reader::Resting(Some(stretch)) }
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        if let Reader::Resting(stretch) = &mut self.reader {
            let Some(mut stretch) = stretch.take() else {
                return Poll::Ready(Err(io::Error::other("the file could not be read on")));
            };
            self.reader = Reader::Reading(spawn_blocking(move || {
                let piece = stretch.next_piece();
                (stretch, piece)
            }));
        }
        let Reader::Reading(reading) = &mut self.reader else { unreachable!("it has just begun to read") };
        let read = ready!(Pin::new(reading).poll(context));
        let (stretch, piece) = match read {
            Ok((stretch, piece)) => (Some(stretch), piece),
            Err(error) => (None, Err(io::Error::other(error))),
        };
        self.reader = Reader::Resting(stretch);
        Poll::Ready(piece.map(|piece| {
            self.left -= piece.len() as u64;
            Bytes::from(piece)
        }))
    }
}

/// A body; the connection is busy until it has been sent.
#[derive(Debug)]
pub(super) struct AnswerBody {
    pub(super) payload: Payload,
    pub(super) _busy: Busy,
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut self.payload {
            Payload::Bytes(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Payload::Events(events) => {
                let event = events.poll_recv(context);
                event.map(|event| Some(Ok(Frame::data(Bytes::from(event?.to_message())))))
            }
            Payload::File(file) if file.left == 0 => Poll::Ready(None),
            Payload::File(file) => file.poll_piece(context).map(|piece| Some(piece.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.payload {
            Payload::Bytes(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            Payload::Events(_) => false,
            Payload::File(file) => file.left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.payload {
            Payload::Bytes(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Payload::Events(_) => SizeHint::default(),
            Payload::File(file) => SizeHint::with_exact(file.left),
        }
    }
}
