import { isDeepStrictEqual } from "node:util";
import { type OutboxRow, storePresses } from "../core/db/outbox.ts";
import type { Db } from "../core/db/tables.ts";
import type { ApplicantPress, Press } from "./presses/press.ts";
import type { Button } from "./rendered.ts";
import type { InlineButton } from "./telegram/client.ts";

/**
 * The buttons as Telegram takes them, `<token>.<index>`, after what they do has been stored with the row: a crash
 * then repeats the message with buttons that work.
 */
export async function buttonsToSend(
  db: Db,
  row: Pick<OutboxRow, "id" | "token" | "presses">,
  buttons: Button[][],
): Promise<InlineButton[][]> {
  const presses = buttons.flat().flatMap((button) => ("press" in button ? [button.press] : []));
  const { all, first } = placePresses(row.presses, presses);
  if (all.length > row.presses.length) await storePresses(db, row.id, all);
  let index = first;
  return buttons.map((line) =>
    line.map((button) =>
      "press" in button
        ? { label: button.label, data: `${row.token}.${index++}` }
        : { label: button.label, url: button.url },
    ),
  );
}

/**
 * Where the presses stand among those that the row has had: where they were, else behind them. What stood at an
 * index stays there, for a message with the old buttons may still be on somebody's screen.
 */
export function placePresses(
  known: readonly object[],
  wanted: readonly (Press | ApplicantPress)[],
): { all: object[]; first: number } {
  const asStored: object[] = JSON.parse(JSON.stringify(wanted));
  for (let first = known.length - wanted.length; first >= 0; first--) {
    if (isDeepStrictEqual(known.slice(first, first + wanted.length), asStored)) return { all: [...known], first };
  }
  return { all: [...known, ...asStored], first: known.length };
}
