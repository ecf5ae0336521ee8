/** What the process of the people is told, and what it answers. */

export const token = "424242:a-token-of-the-benchmark-and-of-nobody-else";
export const botId = 424_242;
/** The ids of the people are 1 to that many. */
export const most = 200;

export type UserOrder =
  /** Presses START with these codes, in the order of the ids, and waits for an answer to each. */
  | { do: "start"; codes: readonly (string | undefined)[] }
  /** Each of so many people writes, waits for the answer, and writes again. */
  | { do: "keep-asking"; users: number; seconds: number; text: string }
  /** So many messages a second in all, each person in turn, whether answered or not. */
  | { do: "ask-at"; users: number; perSecond: number; seconds: number; text: string }
  /** Notes when each message of the bot comes, from now on. */
  | { do: "watch" }
  /** What has come since, as soon as it is so many. */
  | { do: "arrivals"; count: number }
  /** How often messages in these chats were edited since, and what the newest says now. */
  | { do: "edits"; chatIds: readonly number[] };

/** Milliseconds from the moment that a message was offered to the bot until the answer was there, shortest first. */
export type Answered = { answers: number; seconds: number; ms: number[]; unanswered: number };

/** When a message stood in a chat, in milliseconds of the machine's clock, oldest first; `text` is its beginning. */
export type Arrival = { chatId: number; at: number; text: string };

/** Of one chat; `lastAt` is on the machine's clock, undefined where there was none. */
export type Edited = { chatId: number; edits: number; lastAt: number | undefined; text: string };

/** A forum of which the bot is an administrator. */
export const groupId = -1_001_234_567_890;
