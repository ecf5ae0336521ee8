import { freeSwitchPort } from "../../core/actions/cable/switch-ports.ts";
import { removeFeed } from "../../core/actions/rack/power-feeds.ts";
import { askForRackPicture } from "../../core/actions/rack/rack-picture.ts";
import { removeRack } from "../../core/actions/rack/racks.ts";
import { giveUpPlace } from "../../core/actions/rack/return-device.ts";
import { removeRoom } from "../../core/actions/rack/rooms.ts";
import { findFeed } from "../../core/db/rack/power-feeds.ts";
import { findPresentPlace } from "../../core/db/rack/rack-places.ts";
import { findRack, listRacks } from "../../core/db/rack/racks.ts";
import { findRoom } from "../../core/db/rack/rooms.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import type { PlaceKind } from "../../core/domain/rack/place.ts";
import { refusalOfLookingAtRacks, refusalOfManagingRacks } from "../../core/domain/rack/rack-rules.ts";
import { type Conversation, reply, show } from "../conversation.ts";
import { findRacks } from "../find/find-racks.ts";
import { beginForm } from "../forms/fill-in.ts";
import type { Form } from "../forms/form.ts";
import { movePlaceForm, reservePortForm, returnDeviceForm, usePlaceForm } from "../forms/rack/place-forms.ts";
import { putInRackForm } from "../forms/rack/put-in-rack-form.ts";
import {
  changeFeedForm,
  feedForm,
  rackForm,
  rackHeightForm,
  renameRoomForm,
  roomForm,
} from "../forms/rack/rack-forms.ts";
import type { PressOf } from "../presses/press.ts";
import { isRackLook, type RackPress } from "../presses/rack-press.ts";
import type { Screen } from "../screens/screens.ts";

/** Buttons of rooms, racks and places. Who may not look or change is told before anything is shown or asked; the actions ask the same again. */
export async function pressOnRack(conversation: Conversation, press: RackPress): Promise<Outcome> {
  const looks = isRackLook(press);
  const may = looks ? refusalOfLookingAtRacks(conversation.person) : refusalOfManagingRacks(conversation.person);
  if (!may.ok) return may;
  return looks ? look(conversation, press) : change(conversation, press);
}

/** `/rak`, or `/rak` and which one. */
export async function showRacks(conversation: Conversation, rest: string): Promise<Outcome> {
  return rest === "" ? pressOnRack(conversation, { do: "rooms", page: 0 }) : findRacks(conversation, rest);
}

type Look = Extract<
  RackPress,
  { do: "rooms" | "room" | "rack" | "rack-history" | "rack-unit" | "place" | "draw-rack" }
>;

async function look(conversation: Conversation, press: Look): Promise<Outcome> {
  if (press.do === "draw-rack") return draw(conversation, press);
  const { do: kind, turns, ...about } = press;
  return show(conversation, { kind, ...about } as Screen, { turns });
}

/** It comes when it is drawn. */
async function draw(conversation: Conversation, { rackId }: PressOf<"draw-rack">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const asked = await askForRackPicture(tx, person, setting, { rackId });
  if (asked.ok) await reply(conversation, { kind: "said", what: "rack-picture-asked" });
  return asked;
}

async function change(conversation: Conversation, press: Exclude<RackPress, Look>): Promise<Outcome> {
  switch (press.do) {
    case "add-room":
      return beginForm(conversation, roomForm, {});
    case "rename-room":
      return withRoom(conversation, press, () => beginForm(conversation, renameRoomForm, { roomId: press.roomId }));
    case "add-rack":
      return withRoom(conversation, press, () => beginForm(conversation, rackForm, { roomId: press.roomId }));
    case "ask-removing-room":
      return withRoom(conversation, press, ({ roomId }) =>
        show(conversation, { kind: "room-removing", roomId }, { turns: true }),
      );
    case "change-rack":
      return withRack(conversation, press, () => beginForm(conversation, rackHeightForm, { rackId: press.rackId }));
    case "add-power-feed":
      return withRack(conversation, press, () => beginForm(conversation, feedForm, { rackId: press.rackId }));
    case "ask-removing-rack":
      return withRack(conversation, press, ({ rackId }) =>
        show(conversation, { kind: "rack-removing", rackId }, { turns: true }),
      );
    case "power-feeds":
      return withRack(conversation, press, ({ rackId }) => show(conversation, { kind: "power-feeds", rackId }));
    case "change-power-feed":
      return withFeed(conversation, press, ({ feedId }) => beginForm(conversation, changeFeedForm, { feedId }));
    case "ask-removing-power-feed":
      return withFeed(conversation, press, ({ feedId }) => {
        return show(conversation, { kind: "power-feed-removing", feedId }, { turns: true });
      });
    case "remove-room":
    case "remove-rack":
    case "remove-power-feed":
      return remove(conversation, press);
    case "put-in-rack":
      return beginPutting(conversation, press);
    case "use-place":
      return withPlace(conversation, press, usePlaceForm, "reserved");
    case "move-place":
      return withPlace(conversation, press, movePlaceForm);
    case "return-device":
      return withPlace(conversation, press, returnDeviceForm, "occupied");
    case "reserve-port":
      return withPlace(conversation, press, reservePortForm);
    case "give-up-place":
    case "free-port":
      return end(conversation, press);
  }
}

async function withRoom<About extends { roomId: number }>(
  { tx }: Conversation,
  about: About,
  go: (about: About) => Promise<Outcome>,
): Promise<Outcome> {
  const room = await findRoom(tx, about.roomId);
  return room === undefined || room.isRemoved ? refuse("no-such-room") : go(about);
}

async function withRack<About extends { rackId: number }>(
  { tx }: Conversation,
  about: About,
  go: (about: About) => Promise<Outcome>,
): Promise<Outcome> {
  const rack = await findRack(tx, about.rackId);
  return rack === undefined || rack.isRemoved ? refuse("no-such-rack") : go(about);
}

async function withFeed<About extends { feedId: number }>(
  { tx }: Conversation,
  about: About,
  go: (about: About) => Promise<Outcome>,
): Promise<Outcome> {
  return (await findFeed(tx, about.feedId)) === undefined ? refuse("no-such-feed") : go(about);
}

/** @param kind absent: of whichever */
async function withPlace(
  conversation: Conversation,
  { placeId }: { placeId: number },
  form: Form,
  kind?: PlaceKind,
): Promise<Outcome> {
  const place = await findPresentPlace(conversation.tx, placeId);
  if (place === undefined || (kind !== undefined && place.kind !== kind)) return refuse("place-changed");
  return beginForm(conversation, form, { placeId });
}

/** Without a rack nothing is asked. */
async function beginPutting(conversation: Conversation, { as, rackId }: PressOf<"put-in-rack">): Promise<Outcome> {
  if (rackId !== undefined) {
    return withRack(conversation, { rackId }, () => beginForm(conversation, putInRackForm, { as, rackId }));
  }
  if ((await listRacks(conversation.tx)).length === 0) return refuse("no-such-rack");
  return beginForm(conversation, putInRackForm, { as });
}

/** What is around it takes the place of the question. */
async function remove(
  conversation: Conversation,
  press: PressOf<"remove-room" | "remove-rack" | "remove-power-feed">,
): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  switch (press.do) {
    case "remove-room": {
      const removed = await removeRoom(tx, person, setting, press);
      return removed.ok ? show(conversation, { kind: "rooms", page: 0 }, { turns: true }) : removed;
    }
    case "remove-rack": {
      const rack = await findRack(tx, press.rackId);
      const removed = await removeRack(tx, person, setting, press);
      return removed.ok
        ? show(conversation, { kind: "room", roomId: rack?.roomId ?? 0, page: 0 }, { turns: true })
        : removed;
    }
    case "remove-power-feed": {
      const feed = await findFeed(tx, press.feedId);
      const removed = await removeFeed(tx, person, setting, press);
      return removed.ok
        ? show(conversation, { kind: "power-feeds", rackId: feed?.rackId ?? 0 }, { turns: true })
        : removed;
    }
  }
}

/** The place's page, as it is then, takes the place of the one that was pressed on. */
async function end(conversation: Conversation, press: PressOf<"give-up-place" | "free-port">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const done =
    press.do === "give-up-place"
      ? await giveUpPlace(tx, person, setting, press)
      : await freeSwitchPort(tx, person, setting, press);
  return done.ok ? show(conversation, { kind: "place", placeId: press.placeId, page: 0 }, { turns: true }) : done;
}
