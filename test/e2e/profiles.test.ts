import { expect, test } from "vitest";
import { loadProfile, profileNames } from "../../config/profile.ts";
import { temporaryFolder } from "./support/folders.ts";
import { playgroundAt } from "./support/playground.ts";
import { npmStart } from "./support/simpul.ts";

test.each(profileNames())("the profile %s starts, with its people in the playground", async (name) => {
  const profile = loadProfile(name);
  await using home = await temporaryFolder();
  await using simpul = npmStart({ env: { SIMPUL_HOME: home.path, SIMPUL_PROFILE: name } });

  const playground = playgroundAt(await simpul.isReady());

  expect(simpul.output()).toContain(`Simpul is running for ${profile.regency} (SIMPUL_PROFILE=${name})`);
  expect(await playground.names()).toEqual(profile.playgroundPeople.map((person) => person.name));
  const [somebody = ""] = await playground.names();
  await playground.start(somebody);
  await playground.sees(somebody, "Selamat datang");
});
