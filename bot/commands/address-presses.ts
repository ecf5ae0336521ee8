import { askForScan, beginScanning, endScanning } from "../../core/actions/ipam/address-scan.ts";
import { discardAddresses, importAddresses } from "../../core/actions/ipam/import-addresses.ts";
import { askForPrefixMap } from "../../core/actions/ipam/prefix-map.ts";
import { removePrefix } from "../../core/actions/ipam/prefixes.ts";
import { freeRange, releaseAddress, useReservation } from "../../core/actions/ipam/release-address.ts";
import { findNamesOfAddress } from "../../core/actions/names/find-released-names.ts";
import { findListedRange } from "../../core/db/ipam/address-lists.ts";
import { findFirstFree } from "../../core/db/ipam/address-ranges.ts";
import { findPrefix, type StoredPrefix } from "../../core/db/ipam/prefixes.ts";
import { refusalOfManaging } from "../../core/domain/ipam/ipam-rules.ts";
import { showPrefix } from "../../core/domain/ipam/prefix.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply, show } from "../conversation.ts";
import { findAddresses } from "../find/find-addresses.ts";
import { beginForm } from "../forms/fill-in.ts";
import { addressImportForm } from "../forms/ipam/address-import-form.ts";
import { addressSearchForm } from "../forms/ipam/address-search-form.ts";
import { correctAddressForm, writtenOf } from "../forms/ipam/correct-address-form.ts";
import { giveAddressForm } from "../forms/ipam/give-address-form.ts";
import { keepRangeForm } from "../forms/ipam/keep-range-form.ts";
import { prefixForm, renamePrefixForm } from "../forms/ipam/prefix-forms.ts";
import type { AddressPress } from "../presses/address-press.ts";
import type { PressOf } from "../presses/press.ts";
import { decideList } from "./decide-list.ts";

/** Buttons of addresses and prefixes. Who may not manage them is told before anything is shown or asked; the actions ask the same again. */
export async function pressOnAddress(conversation: Conversation, press: AddressPress): Promise<Outcome> {
  const mayManage = refusalOfManaging(conversation.person);
  if (!mayManage.ok) return mayManage;
  switch (press.do) {
    case "prefixes":
      return show(conversation, { kind: "prefixes", page: press.page }, press);
    case "prefix":
      return show(conversation, { kind: "prefix", prefixId: press.prefixId, page: press.page }, press);
    case "address": {
      const { zoneId, address, page } = press;
      return show(conversation, { kind: "address", zoneId, address, page }, press);
    }
    case "addresses-found":
      return show(conversation, { kind: "addresses-found", text: press.text, page: press.page }, press);
    case "find-address":
      return beginForm(conversation, addressSearchForm, {});
    case "add-prefix":
      return beginForm(conversation, prefixForm, {});
    case "rename-prefix":
      return withPrefix(conversation, press, ({ id }) => beginForm(conversation, renamePrefixForm, { prefixId: id }));
    case "keep-range-free":
      return withPrefix(conversation, press, ({ id }) => beginForm(conversation, keepRangeForm, { prefixId: id }));
    case "give-address":
      return withPrefix(conversation, press, (prefix) => beginGiving(conversation, press, prefix));
    case "ask-removing-prefix":
      return withPrefix(conversation, press, ({ id }) =>
        show(conversation, { kind: "prefix-removing", prefixId: id }, { turns: true }),
      );
    case "send-address-file":
      return beginForm(conversation, addressImportForm, {});
    case "import-addresses":
      return decideList(conversation, importAddresses, { kind: "address-import", importId: press.importId });
    case "discard-address-import":
      return decideList(conversation, discardAddresses, { kind: "address-import", importId: press.importId });
    case "export-addresses":
      return show(conversation, { kind: "address-export" }, {});
    case "address-differences": {
      const { prefixId, page } = press;
      return show(conversation, { kind: press.do, page, ...(prefixId === undefined ? {} : { prefixId }) }, press);
    }
    case "begin-scan":
    case "end-scan":
    case "scan-prefix":
      return changeScanning(conversation, press);
    case "draw-prefix":
      return draw(conversation, press);
    case "remove-prefix":
      return remove(conversation, press);
    case "ask-releasing-address":
      return askReleasing(conversation, press);
    case "correct-address":
      return beginCorrecting(conversation, press);
    case "release-address":
    case "use-reservation":
    case "free-range":
      return change(conversation, press);
  }
}

/** `/ip`, or `/ip` and what is sought. */
export function showAddresses(conversation: Conversation, rest: string): Promise<Outcome> {
  return rest === "" ? pressOnAddress(conversation, { do: "prefixes", page: 0 }) : findAddresses(conversation, rest);
}

async function withPrefix(
  { tx }: Conversation,
  { prefixId }: { prefixId: number },
  begin: (prefix: StoredPrefix) => Promise<Outcome>,
): Promise<Outcome> {
  const prefix = await findPrefix(tx, prefixId);
  return prefix === undefined || prefix.isRemoved ? refuse("no-such-prefix") : begin(prefix);
}

/** A full prefix says so before anything is asked. */
async function beginGiving(
  conversation: Conversation,
  { as, address }: PressOf<"give-address">,
  prefix: StoredPrefix,
): Promise<Outcome> {
  if ((await findFirstFree(conversation.tx, prefix.id)) === undefined) {
    return refuse("prefix-full", { prefix: showPrefix(prefix) });
  }
  const subject = { prefixId: prefix.id, as, ...(address === undefined ? {} : { address }) };
  return beginForm(conversation, giveAddressForm, subject, address === undefined ? {} : { which: "wished", address });
}

async function remove(conversation: Conversation, { prefixId }: PressOf<"remove-prefix">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const removed = await removePrefix(tx, person, setting, { prefixId });
  if (removed.ok) await reply(conversation, { kind: "prefix", prefixId, page: 0 }, { inPlace: true });
  return removed;
}

/** It comes when it is drawn. */
async function draw(conversation: Conversation, { prefixId }: PressOf<"draw-prefix">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const asked = await askForPrefixMap(tx, person, setting, { prefixId });
  if (asked.ok) await reply(conversation, { kind: "said", what: "prefix-map-asked" });
  return asked;
}

const scanning = { "begin-scan": beginScanning, "end-scan": endScanning, "scan-prefix": askForScan };

/** What a scan has seen stands on the prefix's page, and what differs is told. */
async function changeScanning(
  conversation: Conversation,
  { do: what, prefixId }: PressOf<keyof typeof scanning>,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done = await scanning[what](tx, person, setting, { prefixId });
  if (!done.ok) return done;
  if (what === "end-scan") return show(conversation, { kind: "prefix", prefixId, page: 0 }, { turns: true });
  await reply(conversation, { kind: "said", what: "scan-asked" });
  return done;
}

const changes = { "release-address": releaseAddress, "use-reservation": useReservation, "free-range": freeRange };

async function askReleasing(
  conversation: Conversation,
  { rangeId }: PressOf<"ask-releasing-address">,
): Promise<Outcome> {
  const range = await findListedRange(conversation.tx, rangeId);
  if (range?.kind !== "assigned" || range.endedAt !== null) return refuse("range-changed");
  // Names that cannot go say so before it is asked.
  const { zoneId, first: address } = range;
  const names = await findNamesOfAddress(conversation.tx, conversation.office, { zoneId, address });
  if (!names.ok) return names;
  return show(conversation, { kind: "address-releasing", rangeId }, { turns: true });
}

async function beginCorrecting(conversation: Conversation, { rangeId }: PressOf<"correct-address">): Promise<Outcome> {
  const range = await findListedRange(conversation.tx, rangeId);
  const isGiven = range?.kind === "assigned" || range?.kind === "reserved";
  if (!isGiven || range.endedAt !== null) return refuse("range-changed");
  return beginForm(conversation, correctAddressForm, { rangeId }, writtenOf(range));
}

/** What came of it takes the place of the address's page. */
async function change(conversation: Conversation, press: PressOf<keyof typeof changes>): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const range = await findListedRange(tx, press.rangeId);
  const done = await changes[press.do](tx, person, setting, { rangeId: press.rangeId });
  if (!done.ok) return done;
  if (range === undefined) return refuse("range-changed");
  const { zoneId, first: address } = range;
  return show(conversation, { kind: "address", zoneId, address, page: 0 }, { turns: true });
}
