import { sql } from "kysely";
import { addAsset, changeAsset, setAssetState, transferAsset } from "../../core/actions/inventory/change-asset.ts";
import { findAsset } from "../../core/db/inventory/assets.ts";
import type { Db } from "../../core/db/tables.ts";
import type { Answers } from "../../core/domain/form/field.ts";
import type { Asset, AssetState } from "../../core/domain/inventory/asset.ts";
import { answersOf } from "../../core/domain/inventory/asset-fields.ts";
import { morning, type TestOffice } from "./office.ts";

/** What those who keep the inventory do, with answers where a test does not care. */
export function withInventory(office: TestOffice) {
  const { infrastructure } = office.people;
  let count = 0;
  type Options = { by?: typeof infrastructure; now?: Date; version?: number };

  async function asset(id: number): Promise<Asset> {
    const found = await findAsset(office.db, id);
    if (found === undefined) throw new Error(`there is no asset ${id}`);
    return found;
  }

  return {
    asset,
    /** Its name is new unless it is given. */
    add: (answers: Answers = {}, { kind = "switch", officeCode = "Dinkes", by = infrastructure, now = morning } = {}) =>
      office.act((tx) =>
        addAsset(tx, by, office.setting(now), {
          ...{ kind, officeCode },
          answers: { name: `SW-${++count}`, maintainer: "by-class", ...answers },
        }),
      ),
    /** What is left out stays. */
    change: async (
      assetId: number,
      answers: Answers,
      { by = infrastructure, now = morning, version }: Options = {},
    ) => {
      const present = await asset(assetId);
      const { kind = present.kind, ...changed } = answers;
      return office.act((tx) =>
        changeAsset(tx, by, office.setting(now), {
          ...{ assetId, kind, version: version ?? present.version },
          answers: { ...answersOf(present), ...changed },
        }),
      );
    },
    setState: async (
      assetId: number,
      state: AssetState,
      { by = infrastructure, now = morning, version }: Options = {},
    ) => {
      const present = await asset(assetId);
      return office.act((tx) =>
        setAssetState(tx, by, office.setting(now), { assetId, state, version: version ?? present.version }),
      );
    },
    transfer: async (
      assetId: number,
      officeCode: string,
      { by = infrastructure, now = morning, version }: Options = {},
    ) => {
      const present = await asset(assetId);
      return office.act((tx) =>
        transferAsset(tx, by, office.setting(now), { assetId, officeCode, version: version ?? present.version }),
      );
    },
  };
}

/** The rows of the journal about assets, oldest first. */
export async function journalOfAssets(db: Db, assetId: number) {
  const { rows } = await sql<{ event: string; by: number | null; details: Record<string, unknown> }>`
    select event, actor_id as by, details from journal where subject_kind = 'asset' and subject_id = ${assetId} order by id`.execute(
    db,
  );
  return rows;
}
