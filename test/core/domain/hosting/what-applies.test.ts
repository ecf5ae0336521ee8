import { describe, expect, it } from "vitest";
import type { Answers } from "../../../../core/domain/form/field.ts";
import { whatApplies } from "../../../../core/domain/hosting/what-applies.ts";
import { applicationChange } from "../../../../core/domain/procedures/application-change.ts";
import { hostingOrColocation } from "../../../../core/domain/procedures/hosting.ts";
import { machineCheckSteps } from "../../../../core/domain/procedures/hosting-questions.ts";
import { testHosting } from "../../../support/hosting.ts";

const hosting = { ...testHosting, registries: ["registry.go.id"] };
const ofHosting = ["runtime", "database", "size", "reach", "image-reference", "application-files"];

/** Of the questions about what is hosted. */
function asked(answers: Answers, rules: typeof hosting | undefined = hosting): string[] {
  const { fields } = whatApplies(hostingOrColocation.form, { service: "hosting", ...answers }, rules);
  return fields.map(({ name }) => name).filter((name) => ofHosting.includes(name));
}

describe("the request for hosting asks", () => {
  it.each<[string, Answers, string[]]>([
    ["nothing more of what no runtime fits", {}, ["runtime", "application-files"]],
    [
      "for no database where none goes with it",
      { runtime: "static" },
      ["runtime", "size", "reach", "application-files"],
    ],
    [
      "for a database where one goes with it",
      { runtime: "php" },
      ["runtime", "database", "size", "reach", "application-files"],
    ],
    [
      "for an image by its name in a registry",
      { runtime: "image" },
      ["runtime", "size", "reach", "image-reference", "application-files"],
    ],
    [
      "for no file where the image is named",
      { runtime: "image", "image-reference": "x" },
      ["runtime", "size", "reach", "image-reference"],
    ],
    ["for no application of a server", { service: "colocation", runtime: "php" }, []],
  ])("%s", (_what, answers, questions) => {
    expect(asked(answers)).toEqual(questions);
  });

  it("for a dump, which there may be, where the image is named and has a database", () => {
    const runtimes = testHosting.runtimes.map((runtime) => ({ ...runtime, databases: ["mariadb"] }));
    const answers = { service: "hosting", runtime: "image", database: "mariadb", "image-reference": "x" };
    const { fields } = whatApplies(hostingOrColocation.form, answers, { ...hosting, runtimes });
    expect(fields.find(({ name }) => name === "application-files")).toMatchObject({ optional: true });
  });

  it("for none of a registry where the profile names none", () => {
    expect(asked({ runtime: "image" }, { ...hosting, registries: [] })).not.toContain("image-reference");
  });

  it("for the files alone where nothing is hosted by machine", () => {
    const { fields } = whatApplies(hostingOrColocation.form, { service: "hosting" }, undefined);
    expect(fields.map(({ name }) => name).filter((name) => ofHosting.includes(name))).toEqual(["application-files"]);
  });

  it.each([
    ["is needed", {}, [undefined]],
    ["may be a dump where the image is named", { "image-reference": "x" }, [true]],
  ])("a file that is handed in later %s", (_what, answers, optional) => {
    const asks = machineCheckSteps("filed").find(({ name }) => name === "hand-in-application")?.asks ?? [];
    const { fields } = whatApplies(asks, answers, hosting);
    const files = fields.filter(({ kind }) => kind === "files");
    expect(files.map((field) => ("optional" in field ? field.optional : undefined))).toEqual(optional);
    expect(fields.map(({ name }) => name)).toContain("image-reference");
  });

  it.each([
    ["an archive of a runtime that makes images", { runtime: "static" }, ["application-files"]],
    ["an image, as a file or by its name", { runtime: "image" }, ["image-reference", "application-files"]],
    ["no file where the image is named", { runtime: "image", "image-reference": "x" }, ["image-reference"]],
  ])("a new version is %s", (_what, answers, questions) => {
    const { fields } = whatApplies(applicationChange.form, { change: "version", ...answers }, hosting);
    expect(fields.map(({ name }) => name).filter((name) => ofHosting.includes(name))).toEqual(questions);
  });

  it("leaves out the answers to what applies no more, and nothing else", () => {
    const entered = { service: "hosting", runtime: "image", database: "mariadb", size: "small", unknown: "x" };
    expect(whatApplies(hostingOrColocation.form, entered, hosting).answers).toEqual({
      ...{ service: "hosting", runtime: "image", size: "small", unknown: "x" },
    });
    expect(whatApplies(hostingOrColocation.form, { ...entered, service: "colocation" }, hosting).answers).toEqual({
      ...{ service: "colocation", unknown: "x" },
    });
  });
});
