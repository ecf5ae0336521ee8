import {
  type ListedDevice,
  listDevicesWithoutPlace,
  listDevicesWithPorts,
} from "../../../core/db/rack/rack-devices.ts";
import type { Db } from "../../../core/db/tables.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import { notMounted } from "../../../core/domain/rack/rack-rules.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";

type Question = { field: Field; words: FieldWords; devices: readonly ListedDevice[] };

/** Which device is put into a rack: by pages of buttons, or by a part of its name that is typed. */
export async function deviceQuestion(db: Db): Promise<Question> {
  const devices = await listDevicesWithoutPlace(db, notMounted);
  const none =
    devices.length === 0 ? " Tidak ada perangkat inventaris yang belum di rak; catat dahulu perangkatnya." : "";
  return question(
    "device",
    devices,
    `Perangkat inventaris yang mana? Pilih, atau ketik sebagian namanya (contoh: SRV).${none}`,
  );
}

/** Of which device a port is reserved. */
export async function switchQuestion(db: Db): Promise<Question> {
  const devices = await listDevicesWithPorts(db);
  const none = devices.length === 0 ? " Belum ada perangkat inventaris yang punya port." : "";
  return question(
    "switch",
    devices,
    `Port dari switch yang mana? Pilih, atau ketik sebagian namanya (contoh: SW).${none}`,
  );
}

function question(name: string, devices: readonly ListedDevice[], ask: string): Question {
  const choices = Object.fromEntries(devices.map((device) => [device.name, `${device.name} (${device.officeCode})`]));
  return {
    field: { name, kind: "choice", choices: Object.keys(choices), findsByPart: true },
    words: { label: name === "device" ? "Perangkat" : "Switch", ask, choices },
    devices,
  };
}
