export type JournalNotice =
  /** For the chat in which the journal's head is published, which is no person's. */
  | { kind: "journal-head"; pinId: number }
  /** No words: pins the message of that head. */
  | { kind: "pin-journal-head"; pinId: number }
  | { kind: "journal-chat-trouble"; what: "not-sent" | "not-pinned" };
