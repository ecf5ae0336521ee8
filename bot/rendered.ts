import type { Db, FileKind } from "../core/db/tables.ts";
import type { ApplicantPress, Press } from "./press.ts";

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
    }
  | { as: "file"; fileKind: FileKind; bytes: Buffer; name: string; caption?: string }
  /** The message that is edited keeps its words and loses its buttons. */
  | { as: "no-buttons" }
  /** Pins a message that was sent. */
  | { as: "pin"; messageId: number }
  /** The menu of commands of that chat. */
  | { as: "commands"; commands: { command: string; description: string }[] };

/** @returns undefined to drop the message: there is nothing left to say */
export type Render = (
  db: Db,
  row: { chatId: number; message: { kind: string } },
  now: Date,
) => Promise<Rendered | undefined>;
