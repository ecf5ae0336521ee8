import { freeName, releaseName, useName } from "../../core/actions/names/change-name.ts";
import { removeRecord } from "../../core/actions/names/dns-records.ts";
import { findReleasedWith } from "../../core/actions/names/find-released-names.ts";
import { discardNames, importNames } from "../../core/actions/names/import-names.ts";
import { askForNameCheck } from "../../core/actions/names/record-name-checks.ts";
import { removeVillage } from "../../core/actions/names/villages.ts";
import { findName } from "../../core/db/names/names.ts";
import { findVillage } from "../../core/db/names/villages.ts";
import { refusalOfManaging } from "../../core/domain/ipam/ipam-rules.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { type Conversation, reply, show } from "../conversation.ts";
import { findNames } from "../find/find-names.ts";
import { beginForm } from "../forms/fill-in.ts";
import { giveNameForm } from "../forms/names/give-name-form.ts";
import { ministryForm } from "../forms/names/ministry-form.ts";
import { nameImportForm } from "../forms/names/name-import-form.ts";
import { nameSearchForm } from "../forms/names/name-search-form.ts";
import { pointNameForm } from "../forms/names/point-name-form.ts";
import { recordForm } from "../forms/names/record-form.ts";
import { villageForm } from "../forms/names/village-form.ts";
import { villageKey } from "../forms/names/village-question.ts";
import type { NamePress } from "../presses/name-press.ts";
import type { PressOf } from "../presses/press.ts";
import { decideList } from "./decide-list.ts";

/** Buttons of names and villages. Who may not manage them is told before anything is shown or asked; the actions ask the same again. */
export async function pressOnName(conversation: Conversation, press: NamePress): Promise<Outcome> {
  const mayManage = refusalOfManaging(conversation.person);
  if (!mayManage.ok) return mayManage;
  switch (press.do) {
    case "names":
    case "villages":
    case "dns-records":
    case "name-checks":
      return show(conversation, { kind: press.do, page: press.page }, press);
    case "name":
      return show(conversation, { kind: "name", name: press.name, page: press.page }, press);
    case "names-found":
      return show(conversation, { kind: "names-found", text: press.text, page: press.page }, press);
    case "village":
      return show(conversation, { kind: "village", villageId: press.villageId }, {});
    case "export-names":
      return show(conversation, { kind: "name-export" }, {});
    case "find-name":
      return beginForm(conversation, nameSearchForm, {});
    case "give-name":
      return beginGiving(conversation, press);
    case "point-name":
      return beginForm(conversation, pointNameForm, { nameId: press.nameId });
    case "note-ministry": {
      const { name, villageId, state } = press;
      return beginForm(conversation, ministryForm, { name, villageId, state });
    }
    case "add-village":
      return beginForm(conversation, villageForm, {});
    case "add-record":
      return beginForm(conversation, recordForm, {});
    case "send-name-file":
      return beginForm(conversation, nameImportForm, {});
    case "ask-removing-village":
      return show(conversation, { kind: "village-removing", villageId: press.villageId }, { turns: true });
    case "ask-removing-record":
      return show(conversation, { kind: "record-removing", recordId: press.recordId }, { turns: true });
    case "remove-village":
    case "remove-record":
      return remove(conversation, press);
    case "check-names":
      return check(conversation);
    case "import-names":
      return decideList(conversation, importNames, { kind: "name-import", importId: press.importId });
    case "discard-name-import":
      return decideList(conversation, discardNames, { kind: "name-import", importId: press.importId });
    case "ask-releasing-name":
      return askReleasing(conversation, press);
    case "release-name":
    case "use-name":
    case "free-name":
      return change(conversation, press);
  }
}

/** `/nama`, or `/nama` and what is sought. */
export function showNames(conversation: Conversation, rest: string): Promise<Outcome> {
  return rest === "" ? pressOnName(conversation, { do: "names", page: 0 }) : findNames(conversation, rest);
}

/** From the page of a village it is known for which. */
async function beginGiving(conversation: Conversation, { as, villageId }: PressOf<"give-name">): Promise<Outcome> {
  if (villageId === undefined) return beginForm(conversation, giveNameForm, { as });
  if ((await findVillage(conversation.tx, villageId)) === undefined) return refuse("no-such-village");
  const answers = { kind: "village", village: villageKey(villageId) };
  return beginForm(conversation, giveNameForm, { as, villageId }, answers);
}

async function remove(
  conversation: Conversation,
  press: PressOf<"remove-village" | "remove-record">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const removed =
    press.do === "remove-village"
      ? await removeVillage(tx, person, setting, press)
      : await removeRecord(tx, person, setting, press);
  if (!removed.ok) return removed;
  return show(
    conversation,
    { kind: press.do === "remove-village" ? "villages" : "dns-records", page: 0 },
    { turns: true },
  );
}

/** It comes when it is done, where something has changed. */
async function check(conversation: Conversation): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const asked = await askForNameCheck(tx, person, setting);
  if (asked.ok) await reply(conversation, { kind: "said", what: "name-check-asked" });
  return asked;
}

/** What cannot be released says so before it is asked. */
async function askReleasing(conversation: Conversation, { nameId }: PressOf<"ask-releasing-name">): Promise<Outcome> {
  const { tx, setting } = conversation;
  const name = await findName(tx, nameId);
  if (name?.state !== "in-use") return refuse("domain-changed");
  const released = await findReleasedWith(tx, setting.rules, name);
  return released.ok ? show(conversation, { kind: "name-releasing", nameId }, { turns: true }) : released;
}

const changes = { "release-name": releaseName, "use-name": useName, "free-name": freeName };

/** What came of it takes the place of the name's page. */
async function change(conversation: Conversation, press: PressOf<keyof typeof changes>): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const name = await findName(tx, press.nameId);
  const done = await changes[press.do](tx, person, setting, { nameId: press.nameId });
  if (!done.ok) return done;
  if (name === undefined) return refuse("domain-changed");
  return show(conversation, { kind: "name", name: name.name, page: 0 }, { turns: true });
}
