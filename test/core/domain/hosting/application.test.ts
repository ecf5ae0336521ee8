import { expect, test } from "vitest";
import { componentsOf } from "../../../../core/domain/hosting/checks/application.ts";
import { belowTop } from "../../../../core/domain/hosting/checks/application-files.ts";

const json = JSON.stringify;

// biome-ignore format: a table
test.each<[string, Record<string, string>]>([
  ["wordpress 6.8.1", { "index.php": "", "wp-includes/version.php": "<?php $wp_version = '6.8.1';" }],
  ["joomla 4.4.0", { "index.php": "", "administrator/manifests/files/joomla.xml": "<version>4.4.0</version>" }],
  ["drupal 10.3.1", { "index.php": "", "core/lib/Drupal.php": "const VERSION = '10.3.1';" }],
  ["drupal 7.98", { "index.php": "", "includes/bootstrap.inc": "define('VERSION', '7.98');" }],
  ["codeigniter 3.1.11", { "index.php": "", "system/core/CodeIgniter.php": "const CI_VERSION = '3.1.11';" }],
  ["codeigniter 2.2.6", { "index.php": "", "system/core/CodeIgniter.php": "define('CI_VERSION', '2.2.6');" }],
  ["codeigniter 4.5.1", { "public/index.php": "", "system/CodeIgniter.php": "public const CI_VERSION = '4.5.1';" }],
  ["laravel ^10.0, php ^8.1", { "artisan.php": "", "composer.json": json({ require: { "laravel/framework": "^10.0", php: "^8.1" } }) }],
  ["laravel 10.48.2, php ^8.1", { "a.php": "", "composer.json": json({ require: { "laravel/framework": "^10.0", php: "^8.1" } }), "composer.lock": json({ packages: [{ name: "laravel/framework", version: "v10.48.2" }] }) }],
  ["symfony ^7.1", { "composer.json": json({ require: { "symfony/framework-bundle": "^7.1" } }) }],
  ["php", { "index.php": "", "vendor/laravel/framework/composer.json": "{}" }],
  ["nextjs 15.1.2, nodejs >=20", { "package.json": json({ dependencies: { next: "^15" }, engines: { node: ">=20" } }), "package-lock.json": json({ packages: { "node_modules/next": { version: "15.1.2" } } }) }],
  ["express ^4.18.0, nodejs 22.1.0", { "package.json": json({ dependencies: { express: "^4.18.0" } }), ".nvmrc": "v22.1.0\n" }],
  ["nodejs", { "package.json": json({ name: "x" }), "server.js": "" }],
  ["php", { "index.php": "", "package.json": json({ devDependencies: { vite: "^5" } }) }],
  ["django 4.2.1, python 3.11.4", { "manage.py": "", "requirements.txt": "Django==4.2.1\npsycopg2", "runtime.txt": "python-3.11.4" }],
  ["django >=4.2,<5, python >=3.10", { "manage.py": "", "pyproject.toml": 'requires-python = ">=3.10"\ndependencies = [\n  "django>=4.2,<5",\n]' }],
  ["django, python", { "manage.py": "" }],
  ["flask ~=2.3, python", { "app.py": "", "requirements.txt": "flask~=2.3" }],
  ["spring-boot 3.2.1, java 17", { "META-INF/MANIFEST.MF": "Spring-Boot-Version: 3.2.1\r\nBuild-Jdk-Spec: 17\r\n", "BOOT-INF/classes/a.class": "" }],
  ["java-war, java", { "WEB-INF/web.xml": "", "WEB-INF/classes/a.class": "" }],
  ["spring-boot 2.7.18, java 8", { "pom.xml": "<parent><artifactId>spring-boot-starter-parent</artifactId>\n<version>2.7.18</version></parent><java.version>1.8</java.version>" }],
  ["java", { "simpeg.jar": "" }],
  ["static-site", { "index.html": "", "assets/site.css": "" }],
  ["", { "readme.txt": "" }],
])("%s", (expected, texts) => {
  for (const top of ["", "simpeg/", "simpeg/htdocs/"]) {
    const files = belowTop(Object.keys(texts).map((path) => top + path), new Map(Object.entries(texts).map(([path, text]) => [top + path, text])));
    const shown = componentsOf(files).map(({ product, version, range }) => [product, version ?? range].filter(Boolean).join(" "));
    expect(shown.join(", ")).toBe(expected);
  }
});
