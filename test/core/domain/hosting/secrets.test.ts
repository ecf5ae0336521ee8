// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they stand so in configuration
import { expect, test } from "vitest";
import {
  isSecretVariable,
  mayHoldSecrets,
  secretByName,
  secretInLine,
} from "../../../../core/domain/hosting/checks/secrets.ts";

// biome-ignore format: a table
test.each([
  ["config/database.php", "'password' => env('DB_PASSWORD', ''),"],
  ["config/database.php", "'password' => getenv('DB_PASSWORD'),"],
  ["config/database.php", "'password' => '',"],
  ["wp-config-sample.php", "define( 'DB_PASSWORD', 'password_here' );"],
  ["config/auth.php", "'password' => 'required|min:8',"],
  ["config/auth.php", "'passwords' => 'users',"],
  ["application.yml", "password: ${DB_PASSWORD}"],
  ["docker-compose.yml", "      DB_PASSWORD: ${DB_PASSWORD:-}"],
  ["app/User.php", "$password = 'tulip7';"],
  ["README.md", "postgres://USER:<password>@host/db"],
  ["app/db.js", "`mysql://${user}:${password}@host/db`"],
])("no secret: %s: %s", (path, line) => {
  expect(secretInLine(path, line)).toBeUndefined();
});

// biome-ignore format: a table
test.each([
  ["application/config/database.php", "$db['default']['password'] = 'tulip7';"],
  ["config/koneksi.php", '$password="tulip7";'],
  ["koneksi.php", "$pass = 'tulip7';"],
  ["settings.py", "    'PASSWORD': 'tulip7',"],
  ["settings.py", "SECRET_KEY = 'django-insecure-abc'"],
  ["src/main/resources/application.yml", "    password: tulip7"],
  ["config.ini", "db_password = tulip7"],
  ["web.config", "password='tulip7'"],
])("a password in configuration: %s: %s", (path, line) => {
  expect(secretInLine(path, line)).toBe("password-in-configuration");
});

// biome-ignore format: a table
test.each([
  ["backup.sql", "INSERT INTO users VALUES (1, 'budi', '$2y$10$abcdefghijklmnopqrstuv');", "dump-in-tree"],
  ["db/users.SQL", "(1, 'budi', '5f4dcc3b5aa765d61d8327deb882cf99'),", "dump-in-tree"],
  ["database/wilayah.sql", "INSERT INTO wilayah VALUES (1, '12.23', 'Labuhanbatu Utara');", undefined],
  ["database/schema.sql", "password varchar(255) NOT NULL,", undefined],
  ["app/Hash.php", "$known = '5f4dcc3b5aa765d61d8327deb882cf99';", undefined],
] as const)("the password of somebody in statements of no tool that is known: %s: %s", (path, line, expected) => {
  expect(secretInLine(path, line)).toBe(expected);
});

test.each([
  [".env.example", undefined],
  [".env.staging", "env-file"],
  ["vendor/acme/.env", undefined],
  [".git/config", undefined],
  ["sub/.git/HEAD", "version-control"],
] as const)("by its name alone, %s", (path, expected) => {
  expect(secretByName(path)).toBe(expected);
});

test("scripts that were made small, and packages, are not gone through", () => {
  expect(["app.js", "app.min.js", "node_modules/a/b.js", "package-lock.json"].filter(mayHoldSecrets)).toEqual([
    "app.js",
  ]);
});

test.each([
  ["DB_PASSWORD=tulip7", true],
  ["DB_PASSWORD=", false],
  ["DB_PASSWORD=${X}", false],
  ["PATH=/usr/bin", false],
  ["DATABASE_URL=postgres://a:tulip7@db/x", true],
])("%s in an image's environment: %s", (variable, expected) => {
  expect(isSecretVariable(variable)).toBe(expected);
});
