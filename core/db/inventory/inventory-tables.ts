import type { Generated, GeneratedAlways } from "kysely";
import type { FileLine } from "../../domain/form/csv.ts";
import type { AssetKind, AssetState } from "../../domain/inventory/asset.ts";
import type { ChangedField } from "../../domain/inventory/asset-changes.ts";
import type { AssetProblem } from "../../domain/inventory/asset-file.ts";
import type { maintainerKinds } from "../../domain/maintenance/maintainer.ts";
import type { ListImportTable } from "../list-import-table.ts";

export type InventoryTables = {
  asset: {
    id: GeneratedAlways<number>;
    kind: AssetKind;
    name: string;
    office_id: number;
    state: AssetState;
    asset_tag: string | null;
    serial_number: string | null;
    model: string | null;
    location: string | null;
    ports: Generated<number>;
    provider: string | null;
    circuit_number: string | null;
    bandwidth_mbps: number | null;
    /** 2026-12-31 */
    ends_on: string | null;
    maintainer: (typeof maintainerKinds)[number] | null;
    ticket_id: number | null;
    added_by: number;
    added_at: Date;
    changed_at: Date;
    version: Generated<number>;
  };
  asset_change: {
    id: GeneratedAlways<number>;
    asset_id: number;
    person_id: number;
    at: Date;
    field: ChangedField;
    before: string | null;
    after: string | null;
  };
  ticket_asset: { ticket_id: number; asset_id: number; linked_by: number; linked_at: Date };
  asset_import: ListImportTable<FileLine, AssetProblem>;
};
