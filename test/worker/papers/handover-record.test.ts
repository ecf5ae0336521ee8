import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertAssets, updateAsset } from "../../../core/db/inventory/assets.ts";
import { findHandover, insertHandover } from "../../../core/db/rack/handovers.ts";
import { runInThread } from "../../../worker/in-thread.ts";
import type { HandoverRecordText } from "../../../worker/papers/handover-record.ts";
import { handoverRecordText } from "../../../worker/papers/handover-record-text.ts";
import { morning, openOffice, type TestOffice } from "../../support/office.ts";

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const regency = "Kabupaten Uji";

async function receive(
  name: string,
  { recordNumber = "045/12/BAST/2026", recordDate = "2026-11-20", officeId = 0 } = {},
): Promise<number> {
  const { dataCenter, requester } = office.people;
  const whose = officeId === 0 ? requester.officeId : officeId;
  return office.act(async (tx) => {
    const by = { added_by: dataCenter.id, added_at: morning, changed_at: morning };
    const what = { kind: "server", name, office_id: whose, state: "in-use", model: "Dell R740" } as const;
    const [assetId = 0] = await insertAssets(tx, [{ ...what, ...by, serial_number: `SN-${name}` }]);
    return insertHandover(tx, {
      ...{ kind: "received", record_number: recordNumber, record_date: recordDate, asset_id: assetId },
      ...{ counterpart: requester.name, place: "DC A2 U20-21 depan", accessories: "2 kabel daya" },
      ...{ person_id: dataCenter.id, at: morning },
    });
  });
}

describe("what stands on the record of a handover", () => {
  test("are both sides and each device of that record, and of no other", async () => {
    const { name, nip } = office.people.dataCenter;
    const handoverId = await receive("SRV-1");
    await receive("SRV-2");
    await receive("SRV-3", { recordNumber: "046/12/BAST/2026" });
    await receive("SRV-4", { officeId: office.people.dataCenter.officeId });
    await receive("SRV-5", { recordDate: "2025-11-20" });

    expect(await handoverRecordText(office.db, { handoverId, regency })).toEqual({
      ...{ kind: "received", regency, itOffice: "Dinas Komunikasi dan Informatika", recordNumber: "045/12/BAST/2026" },
      ...{ day: "Jumat, 20 November 2026", officeName: "Dinas Kependudukan dan Pencatatan Sipil", ticket: null },
      counterpart: office.people.requester.name,
      officer: { name, nip },
      devices: ["SRV-1", "SRV-2"].map((name) => ({
        ...{ name, model: "Dell R740", serialNumber: `SN-${name}`, assetTag: null },
        ...{ place: "DC A2 U20-21 depan", accessories: "2 kabel daya" },
      })),
    });
  });

  test("is the device as it was then, also after it is called, marked or owned otherwise", async () => {
    const handoverId = await receive("SRV-LAMA", { recordNumber: "047/12/BAST/2026" });
    const before = await handoverRecordText(office.db, { handoverId, regency });
    const { assetId = 0 } = (await findHandover(office.db, handoverId)) ?? {};

    await office.act((tx) =>
      updateAsset(tx, assetId, {
        ...{ name: "SRV-BARU", model: "Dell R750", serial_number: "SN-BARU", asset_tag: "1.3.2.10/0042" },
        office_id: office.people.dataCenter.officeId,
      }),
    );

    expect(before.devices).toMatchObject([{ name: "SRV-LAMA", serialNumber: "SN-SRV-LAMA", assetTag: null }]);
    expect(await handoverRecordText(office.db, { handoverId, regency })).toEqual(before);
  });
});

describe("the record of a handover", () => {
  const device = {
    ...{ name: "SRV-SIAK", model: "Dell R740", serialNumber: "7XK2A93", assetTag: null },
    ...{ place: "DC A2 U20-21 depan", accessories: null },
  };
  const record: HandoverRecordText = {
    ...{ kind: "received", regency, itOffice: "Dinas Komunikasi dan Informatika", recordNumber: "045/12/BAST/2026" },
    ...{ day: "Jumat, 20 November 2026", officeName: "Dinas Kesehatan", counterpart: "Siti Aminah", ticket: "T-0042" },
    ...{ officer: { name: "Togar Hutabarat", nip: "199001012015011905" }, devices: [device] },
  };
  const thread = new URL("../../../worker/papers/handover-record-thread.ts", import.meta.url);
  const pagesOf = async (text: HandoverRecordText) => {
    const pdf = Buffer.from(await runInThread<Uint8Array>(thread, text, "drawing the record of a handover"));
    return pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length;
  };

  test("is one page of A4, drawn in a thread of its own", async () => {
    expect(await pagesOf(record)).toBe(1);
    expect(await pagesOf({ ...record, kind: "returned" })).toBe(1);
  });

  test("of many devices goes on", async () => {
    const devices = Array.from({ length: 60 }, (_, index) => ({ ...device, name: `SRV-${index}` }));
    expect(await pagesOf({ ...record, devices })).toBeGreaterThan(1);
  });
});
