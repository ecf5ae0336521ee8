import { askForCableLabels, type LabelsToPrint } from "../../core/actions/cable/print-cable-labels.ts";
import { removeCable } from "../../core/actions/cable/remove-cable.ts";
import { findNode, listNodes } from "../../core/db/cable/cable-nodes.ts";
import { findCable } from "../../core/db/cable/cables.ts";
import { parseCablePayload } from "../../core/domain/cable/cable.ts";
import { refusalOfCabling } from "../../core/domain/cable/cable-rules.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply, show } from "../conversation.ts";
import { findCablesBy, openCable } from "../find/find-cables.ts";
import { cableSearchForm } from "../forms/cable/cable-search-form.ts";
import { layCableForm } from "../forms/cable/lay-cable-form.ts";
import { moveCableForm } from "../forms/cable/move-cable-form.ts";
import { beginForm } from "../forms/fill-in.ts";
import type { CablePress } from "../presses/cable-press.ts";
import type { PressOf } from "../presses/press.ts";

/** Buttons of cables. Who may not see them is told before anything is shown or asked; the actions ask the same again. */
export async function pressOnCable(conversation: Conversation, press: CablePress): Promise<Outcome> {
  const mayCable = refusalOfCabling(conversation.person);
  if (!mayCable.ok) return mayCable;
  switch (press.do) {
    case "cables": {
      const unprinted = press.unprinted === undefined ? {} : { unprinted: press.unprinted };
      return show(conversation, { kind: "cables", page: press.page, ...unprinted }, press);
    }
    case "cables-of-ticket": {
      const { ticketId, page } = press;
      return show(conversation, { kind: "cables-of-ticket", ticketId, page }, press);
    }
    case "cable":
      return openCable(conversation, press.cableId);
    case "find-cable":
      return beginForm(conversation, cableSearchForm, {});
    case "cables-found":
      return show(conversation, { kind: "cables-found", text: press.text, page: press.page }, press);
    case "ports-of-device":
      return showPorts(conversation, press);
    case "lay-cable":
      return beginLaying(conversation, press);
    case "move-cable-end":
      return beginMoving(conversation, press);
    case "ask-removing-cable":
      return askRemoving(conversation, press);
    case "remove-cable":
      return remove(conversation, press);
    case "print-cable-label":
      return print(conversation, { cableId: press.cableId });
    case "print-labels-of-ticket":
      return print(conversation, { ticketId: press.ticketId });
    case "print-unprinted-labels":
      return print(conversation, { unprinted: true });
    case "export-cables":
      return show(conversation, { kind: "cable-export" }, {});
  }
}

/** `/kabel`, or `/kabel` and what is sought. */
export function showCables(conversation: Conversation, rest: string): Promise<Outcome> {
  return rest === "" ? pressOnCable(conversation, { do: "cables", page: 0 }) : findCablesBy(conversation, rest);
}

/** START with what the QR code of a label says. @returns undefined where it is no cable's */
export function openLabel(conversation: Conversation, payload: string): Promise<Outcome> | undefined {
  const cableId = parseCablePayload(payload);
  return cableId === undefined ? undefined : openCable(conversation, cableId);
}

async function showPorts(conversation: Conversation, press: PressOf<"ports-of-device">): Promise<Outcome> {
  const { assetId, page } = press;
  if ((await findNode(conversation.tx, assetId)) === undefined) return refuse("cable-device-unknown");
  return show(conversation, { kind: "device-ports", assetId, page }, press);
}

async function beginLaying(conversation: Conversation, { assetId }: PressOf<"lay-cable">): Promise<Outcome> {
  if ((await listNodes(conversation.tx)).length === 0) return refuse("cable-without-devices");
  if (assetId === undefined) return beginForm(conversation, layCableForm, {});
  return beginForm(conversation, layCableForm, { assetId }, { device: String(assetId) });
}

async function beginMoving(
  conversation: Conversation,
  { cableId, useId }: PressOf<"move-cable-end">,
): Promise<Outcome> {
  const cable = await findCable(conversation.tx, cableId);
  const isThere = cable?.removedAt === null && cable.ends.some((end) => end.useId === useId);
  return isThere ? beginForm(conversation, moveCableForm, { cableId, useId }) : refuse("cable-changed", { cableId });
}

async function askRemoving(
  conversation: Conversation,
  { cableId, labelId }: PressOf<"ask-removing-cable">,
): Promise<Outcome> {
  const cable = await findCable(conversation.tx, cableId);
  if (cable?.removedAt !== null || cable.label.id !== labelId) return refuse("cable-changed", { cableId });
  return show(conversation, { kind: "cable-removing", cableId, labelId }, { turns: true });
}

async function remove(conversation: Conversation, { cableId, labelId }: PressOf<"remove-cable">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const removed = await removeCable(tx, person, setting, { cableId, labelId });
  return removed.ok ? show(conversation, { kind: "cable", cableId }, { turns: true }) : removed;
}

/** They come when they are drawn. */
async function print(conversation: Conversation, which: LabelsToPrint): Promise<Outcome> {
  const { tx, person, setting, office } = conversation;
  const asked = await askForCableLabels(tx, person, setting, { which, botUsername: office.botUsername });
  if (asked.ok) await reply(conversation, { kind: "said", what: "cable-labels-asked" });
  return asked;
}
