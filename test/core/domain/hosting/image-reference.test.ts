import { describe, expect, it } from "vitest";
import {
  fileNameOf,
  parseImageReference,
  refusalOfReference,
  registryOf,
} from "../../../../core/domain/hosting/image-reference.ts";
import { testHosting } from "../../../support/hosting.ts";

const digest = `sha256:${"0a".repeat(32)}`;

describe("an image of a registry", () => {
  it.each([
    `registry.go.id/simpeg@${digest}`,
    `registry.go.id:5000/dinkes/simpeg-web@${digest}`,
    `127.0.0.1:5000/a__b/c.d@${digest}`,
  ])("is read: %s", (entered) => {
    expect(parseImageReference(`  ${entered} `)).toEqual({ ok: true, value: entered });
  });

  it.each([
    ["image-without-digest", "registry.go.id/simpeg"],
    ["image-without-digest", "registry.go.id/simpeg:1.2"],
    ["image-digest-wrong", `registry.go.id/simpeg@${digest.slice(0, -1)}`],
    ["image-digest-wrong", `registry.go.id/simpeg@${digest}0`],
    ["image-digest-wrong", `registry.go.id/simpeg@${digest.toUpperCase()}`],
    ["image-digest-wrong", `registry.go.id/simpeg@sha256:${"0A".repeat(32)}`],
    ["image-digest-wrong", `registry.go.id/simpeg@md5:${"0a".repeat(16)}`],
    ["image-digest-wrong", `registry.go.id/simpeg@${digest}\n--all-tags`],
    ["image-reference-unreadable", `simpeg@${digest}`],
    ["image-reference-unreadable", `--all-tags/simpeg@${digest}`.replace("/", " /")],
    ["image-reference-unreadable", `https://registry.go.id/simpeg@${digest}`],
    ["image-reference-unreadable", `registry.go.id/simpeg:1.2@${digest}`],
    ["image-reference-unreadable", `registry.go.id/Simpeg@${digest}`],
    ["image-reference-unreadable", `registry.go.id/../simpeg@${digest}`],
    ["image-reference-unreadable", `registry.go.id/${"a".repeat(500)}@${digest}`],
  ])("%s: %j", (code, entered) => {
    expect(parseImageReference(entered)).toMatchObject({ ok: false, refusal: { code } });
  });

  it("is fetched into a file that is called by it", () => {
    expect(fileNameOf(`registry.go.id:5000/dinkes/simpeg@${digest}`)).toBe("simpeg-0a0a0a0a0a0a.tar");
  });

  it.each([
    ["of a registry of the profile", "registry.go.id", "image", undefined],
    ["before its runtime is known", "registry.go.id", undefined, undefined],
    ["of another registry", "lain.go.id", "image", "registry-not-allowed"],
    ["for a runtime that makes its own", "registry.go.id", "static", "image-reference-not-taken"],
  ])("%s may be fetched, or not", (_, registry, name, code) => {
    const hosting = { ...testHosting, registries: ["registry.go.id"] };
    const runtime = hosting.runtimes.find((each) => each.name === name);
    const fits = refusalOfReference(`${registry}/simpeg@${digest}`, hosting, runtime);
    expect(fits.ok ? undefined : fits.refusal.code).toBe(code);
    expect(refusalOfReference(`${registry}/simpeg@${digest}`, testHosting, runtime).ok).toBe(false);
  });

  it("names its registry", () => {
    expect(registryOf(`registry.go.id:5000/dinkes/simpeg@${digest}`)).toBe("registry.go.id:5000");
  });
});
