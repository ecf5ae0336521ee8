import { assignName, type Placing, reserveName } from "../../core/actions/names/give-name.ts";
import { addVillage } from "../../core/actions/names/villages.ts";
import { findOfficeByCode } from "../../core/db/people/offices.ts";
import { accepted } from "./ipam.ts";
import { morning, type TestOffice } from "./office.ts";

type Wish = Partial<Pick<Placing, "kind" | "officeId" | "villageId" | "acceptsLookAlikes" | "target" | "elsewhere">> & {
  by?: TestOffice["people"]["infrastructure"];
  now?: Date;
  /** A code. */
  office?: string;
  answers?: Record<string, string>;
};

/** What infrastructure does with names, with answers where a test does not care. */
export async function withNames(office: TestOffice) {
  const { infrastructure } = office.people;
  const grounds = { name: "Aplikasi kepegawaian", basis: "555/210/2026" };

  async function inputOf(name: string, { office: code = "Dinkes", answers = {}, target, elsewhere, ...wish }: Wish) {
    const isVillage = wish.kind === "village";
    const officeId = isVillage ? null : (await findOfficeByCode(office.db, code)).id;
    const leads = { ...(target === undefined ? {} : { target }), ...(elsewhere === undefined ? {} : { elsewhere }) };
    return { kind: "application" as const, officeId, ...wish, name, answers: { ...grounds, ...leads, ...answers } };
  }

  return {
    grounds,
    assign: async (name: string, { by = infrastructure, now = morning, ...wish }: Wish = {}) => {
      const input = await inputOf(name, wish);
      return office.act((tx) => assignName(tx, by, office.setting(now), input));
    },
    reserve: async (name: string, until: string, { by = infrastructure, now = morning, ...wish }: Wish = {}) => {
      const input = await inputOf(name, { ...wish, answers: { until, ...wish.answers } });
      return office.act((tx) => reserveName(tx, by, office.setting(now), input));
    },
    addVillage: (village: string, district = "Marbau", { by = infrastructure, now = morning } = {}) =>
      office.act((tx) => addVillage(tx, by, office.setting(now), { answers: { village, district } })),
    /** The id of a village that is added. */
    village: async (village: string, district = "Marbau") =>
      accepted(
        await office.act((tx) => addVillage(tx, infrastructure, office.setting(), { answers: { village, district } })),
      ),
  };
}
