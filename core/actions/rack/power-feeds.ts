import { findFeed, insertFeed, markFeedRemoved, updateFeed } from "../../db/rack/power-feeds.ts";
import { lockRack } from "../../db/rack/racks.ts";
import type { Tx } from "../../db/tables.ts";
import type { Answers } from "../../domain/form/field.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../../domain/outcome.ts";
import type { Person } from "../../domain/people/person.ts";
import type { PowerFeed } from "../../domain/rack/power-feed.ts";
import type { FilledRack } from "../../domain/rack/rack.ts";
import { feedFields } from "../../domain/rack/rack-fields.ts";
import { refusalOfCapacity, refusalOfManagingRacks, refusalOfRemovingFeed } from "../../domain/rack/rack-rules.ts";
import { readEntered } from "../read-entered.ts";
import { recordsOf } from "../records-of.ts";
import type { Setting } from "../setting.ts";

const record = recordsOf<"power-feed-added" | "power-feed-changed" | "power-feed-removed">("power-feed");

/** Adds a power feed to a rack. @param input.answers of `feedFields` @returns its id */
export async function addFeed(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { rackId: number; answers: Answers },
): Promise<Outcome<number>> {
  const entered = readFeed(person, setting, input.answers);
  if (!entered.ok) return entered;
  const rack = await lockRack(tx, input.rackId);
  if (rack === undefined) return refuse("no-such-rack");
  const isNew = refusalOfName(rack, entered.value.name);
  if (!isNew.ok) return isNew;
  const id = await insertFeed(tx, rack.id, entered.value);
  await record(tx, person, setting, "power-feed-added", id, { rackId: rack.id, watts: entered.value.capacityWatts });
  return accept(id);
}

/** What it is called and what it may carry. @param input.answers of `feedFields` */
export async function changeFeed(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { feedId: number; answers: Answers },
): Promise<Outcome> {
  const entered = readFeed(person, setting, input.answers);
  if (!entered.ok) return entered;
  const found = await lockFeed(tx, input.feedId);
  if (found === undefined) return refuse("no-such-feed");
  const { rack, feed } = found;
  const isNew = refusalOfName(rack, entered.value.name, feed.id);
  if (!isNew.ok) return isNew;
  const mayChange = refusalOfCapacity(feed, entered.value.capacityWatts);
  if (!mayChange.ok) return refuseAbout("capacity", mayChange.refusal);
  await updateFeed(tx, feed.id, entered.value);
  await record(tx, person, setting, "power-feed-changed", feed.id, { watts: entered.value.capacityWatts });
  return accept();
}

/** Of a feed that carries nothing. */
export async function removeFeed(
  tx: Tx,
  person: Person,
  setting: Setting,
  input: { feedId: number },
): Promise<Outcome> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const found = await lockFeed(tx, input.feedId);
  if (found === undefined) return refuse("no-such-feed");
  const mayRemove = refusalOfRemovingFeed(found.feed, found.rack.places);
  if (!mayRemove.ok) return mayRemove;
  await markFeedRemoved(tx, found.feed.id, setting.now);
  await record(tx, person, setting, "power-feed-removed", found.feed.id);
  return accept();
}

function readFeed(
  person: Person,
  setting: Setting,
  entered: Answers,
): Outcome<Pick<PowerFeed, "name" | "capacityWatts">> {
  const mayManage = refusalOfManagingRacks(person);
  if (!mayManage.ok) return mayManage;
  const answers = readEntered(setting, feedFields, entered);
  if (!answers.ok) return answers;
  return accept({ name: answers.value.name ?? "", capacityWatts: Number(answers.value.capacity) });
}

/** @param except the one that is called so itself */
function refusalOfName({ code, feeds }: FilledRack, name: string, except?: number): Outcome {
  const isTaken = feeds.some((feed) => feed.id !== except && feed.name.toLowerCase() === name.toLowerCase());
  return isTaken ? refuse("feed-known", { rack: code, feed: name, field: "name" }) : accept();
}

/** A feed, and its rack, which is locked. */
async function lockFeed(tx: Tx, feedId: number): Promise<{ rack: FilledRack; feed: PowerFeed } | undefined> {
  const seen = await findFeed(tx, feedId);
  const rack = seen && (await lockRack(tx, seen.rackId));
  const feed = rack?.feeds.find(({ id }) => id === feedId);
  return rack === undefined || feed === undefined ? undefined : { rack, feed };
}
