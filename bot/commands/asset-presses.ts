import { setAssetState } from "../../core/actions/inventory/change-asset.ts";
import { discardAssets, importAssets } from "../../core/actions/inventory/import-assets.ts";
import { findAsset } from "../../core/db/inventory/assets.ts";
import type { Asset } from "../../core/domain/inventory/asset.ts";
import {
  mayManageAssets,
  maySeeAssetsOf,
  refusalOfChanging,
  refusalOfManagingAssets,
} from "../../core/domain/inventory/asset-rules.ts";
import { type Outcome, refuse } from "../../core/domain/outcome.ts";
import { hasRole } from "../../core/domain/people/person.ts";
import { worksAtDesk } from "../../core/domain/ticket/ticket.ts";
import { type Conversation, show } from "../conversation.ts";
import { findAssets } from "../find/find-assets.ts";
import { beginForm } from "../forms/fill-in.ts";
import { assetChangeForm, assetForm, presentAnswers } from "../forms/inventory/asset-forms.ts";
import { assetImportForm } from "../forms/inventory/asset-import-form.ts";
import { assetSearchForm } from "../forms/inventory/asset-search-forms.ts";
import { assetTransferForm } from "../forms/inventory/asset-transfer-form.ts";
import type { AssetPress } from "../presses/asset-press.ts";
import type { PressOf } from "../presses/press.ts";
import { isLinkPress, pressOnLink } from "./asset-link-presses.ts";
import { decideList } from "./decide-list.ts";

/** Buttons of the inventory. Who may not is told before anything is shown or asked; the actions ask the same again. */
export async function pressOnAsset(conversation: Conversation, press: AssetPress): Promise<Outcome> {
  if (isLinkPress(press)) return pressOnLink(conversation, press);
  if (press.do === "asset") return open(conversation, press);
  if (press.do === "assets") return list(conversation, press);
  const mayManage = refusalOfManagingAssets(conversation.person);
  if (!mayManage.ok) return mayManage;
  switch (press.do) {
    case "inventory":
      return show(conversation, { kind: "inventory" }, {});
    case "asset-offices":
    case "contracts":
      return show(conversation, { kind: press.do, page: press.page }, press);
    case "asset-history":
      return show(conversation, { kind: "asset-history", assetId: press.assetId, page: press.page }, press);
    case "asset-tickets": {
      if (!worksAtDesk(conversation.person)) return refuse("not-at-desk");
      return show(conversation, { kind: "asset-tickets", assetId: press.assetId, page: press.page }, press);
    }
    case "find-asset":
      return beginForm(conversation, assetSearchForm, {});
    case "assets-found":
      return show(conversation, { kind: "assets-found", text: press.text, page: press.page }, press);
    case "add-asset":
      return beginForm(conversation, assetForm, {});
    case "change-asset":
      return toChange(conversation, press, (asset, subject) =>
        beginForm(conversation, assetChangeForm, subject, presentAnswers(asset)),
      );
    case "transfer-asset":
      return toChange(conversation, press, (_, subject) => beginForm(conversation, assetTransferForm, subject));
    case "ask-retiring-asset":
      return toChange(conversation, press, ({ id }) =>
        show(conversation, { kind: "asset-retiring", assetId: id }, { turns: true }),
      );
    case "set-asset-state":
      return setState(conversation, press);
    case "send-asset-file":
      return beginForm(conversation, assetImportForm, {});
    case "import-assets":
      return decideList(conversation, importAssets, { kind: "asset-import", importId: press.importId });
    case "discard-asset-import":
      return decideList(conversation, discardAssets, { kind: "asset-import", importId: press.importId });
    case "export-assets":
      return show(conversation, { kind: "asset-export" }, {});
  }
}

/** `/perangkat`, or `/perangkat` and what is sought; a system officer sees what their office has. */
export function showInventory(conversation: Conversation, rest: string): Promise<Outcome> {
  const { person } = conversation;
  if (!mayManageAssets(person) && hasRole(person, "system-officer")) {
    return list(conversation, { do: "assets", officeId: person.officeId, page: 0 });
  }
  return rest === "" ? pressOnAsset(conversation, { do: "inventory" }) : findAssets(conversation, rest);
}

async function open(conversation: Conversation, press: PressOf<"asset">): Promise<Outcome> {
  const asset = await findAsset(conversation.tx, press.assetId);
  const { person } = conversation;
  // Who may not is not told what there is.
  if (asset === undefined || !maySeeAssetsOf(person, asset.officeId)) {
    return mayManageAssets(person) ? refuse("no-such-asset") : refuse("not-inventory-team");
  }
  return show(conversation, { kind: "asset", assetId: asset.id }, press);
}

async function list(conversation: Conversation, press: PressOf<"assets">): Promise<Outcome> {
  const { kind, officeId, page } = press;
  const { person } = conversation;
  const maySee = officeId === undefined ? mayManageAssets(person) : maySeeAssetsOf(person, officeId);
  if (!maySee) return refuse("not-inventory-team");
  const of = { ...(kind === undefined ? {} : { kind }), ...(officeId === undefined ? {} : { officeId }) };
  return show(conversation, { kind: "assets", of, page }, press);
}

/** One that was changed since the button was made is refused before anything is asked. */
async function toChange(
  { tx }: Conversation,
  { assetId, version }: { assetId: number; version: number },
  begin: (asset: Asset, subject: { assetId: number; version: number }) => Promise<Outcome>,
): Promise<Outcome> {
  const asset = await findAsset(tx, assetId);
  if (asset === undefined) return refuse("no-such-asset");
  const may = refusalOfChanging(asset, version);
  return may.ok ? begin(asset, { assetId, version }) : may;
}

/** What came of it takes the place of the page. */
async function setState(conversation: Conversation, press: PressOf<"set-asset-state">): Promise<Outcome> {
  const { tx, person, setting } = conversation;
  const { assetId, version, state } = press;
  const done = await setAssetState(tx, person, setting, { assetId, version, state });
  return done.ok ? show(conversation, { kind: "asset", assetId }, { turns: true }) : done;
}
