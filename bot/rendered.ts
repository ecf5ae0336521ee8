import type { OutboxRow } from "../core/db/outbox.ts";
import type { Db } from "../core/db/tables.ts";
import type { FileKind } from "../core/db/ticket/ticket-tables.ts";
import type { TopicChange } from "../core/domain/ticket/topic-rules.ts";
import type { ApplicantPress, Press } from "./presses/press.ts";

/** A button does something here, or opens a page. */
export type Button = { label: string; press: Press | ApplicantPress } | { label: string; url: string };

/** A message as it goes to Telegram: words at last. */
export type Rendered =
  | {
      as: "text";
      html: string;
      buttons?: Button[][];
      /** Comes without a sound. */
      isSilent?: true;
      /** Stands under that message. */
      replyTo?: number;
      /** In that topic, which is no ticket's. */
      threadId?: number;
    }
  | { as: "file"; fileKind: FileKind; bytes: Buffer; name: string; caption?: string; buttons?: Button[][] }
  /** The message that is edited keeps its words and loses its buttons. */
  | { as: "no-buttons" }
  /** Pins a message that was sent. */
  | { as: "pin"; messageId: number }
  /** A change of the ticket's topic. */
  | { as: "topic"; change: TopicChange; title: string; shows: string }
  /** The menu of commands of that chat. */
  | { as: "commands"; commands: { command: string; description: string }[] };

/** @returns undefined to drop the message: there is nothing left to say */
export type Render = (
  db: Db,
  row: Pick<OutboxRow, "id" | "chatId" | "message" | "editsMessageId" | "topicTicketId" | "personIds">,
  now: Date,
) => Promise<Rendered | undefined>;

/** How a ticket's topic is called now, with what the title shows as it is stored; undefined where there is no such ticket. */
export type TitleOf = (db: Db, ticketId: number) => Promise<{ title: string; shows: string } | undefined>;
