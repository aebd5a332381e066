import * as z from 'zod';

/** Days CloudWatch can keep a log. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 3653];

/** The address of an OpenID issuer: https, except on this machine. */
const issuerAddress = z.union([
  z.url({ protocol: /^https$/ }),
  z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ }),
]);

/** Everything that differs between two deployments of Jinqu. */
export const stageConfig = z.strictObject({
  /** Part of the stacks' names; one stage has its own tables, queues and API. */
  stage: z.string().regex(/^[a-z][a-z0-9]{0,15}$/),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  /** The account, where it is fixed; otherwise that of the credentials in use. */
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  /** True: stacks cannot be deleted, and data outlives them. False: everything goes with the stack. */
  production: z.boolean(),
  /** Any OpenID provider; none is part of the stacks, so they also deploy where there are no user pools. */
  identity: z.strictObject({
    issuer: issuerAddress,
    audience: z.array(z.string().min(1)).min(1),
    /** Scopes of which an access token needs one; they keep ID tokens out where both have the same audience. */
    scopes: z.array(z.string().min(1)).default([]),
    rolesClaim: z.string().min(1).default('roles'),
    fundsClaim: z.string().min(1).default('funds'),
    bankClaim: z.string().min(1).default('bank'),
  }),
  /** Half a year at least where the Cybersecurity Law of the PRC (article 21) applies. */
  logRetentionDays: z
    .int()
    .refine((days) => RETENTION_DAYS.includes(days), `one of ${RETENTION_DAYS.join(', ')}`)
    .default(180),
  /** Who is told of alarms; nobody unless given, which suits only test stages. */
  alarmEmail: z.email().optional(),
  /** The one role that may change or delete entries of the Journal, used by two people in an emergency. */
  breakGlassRoleArn: z
    .string()
    .regex(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/)
    .optional(),
  /** x86_64 only where Lambda has no arm64: it is dearer. */
  architecture: z.enum(['arm64', 'x86_64']).default('arm64'),
  api: z
    .strictObject({
      requestsPerSecond: z.int().positive().default(50),
      burst: z.int().positive().default(100),
    })
    .prefault({}),
  /** When the daily close of the day before is asked for, by the clock of Shanghai. */
  closeAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('00:30'),
});

export type StageConfig = z.output<typeof stageConfig>;

/** A stage's configuration as it is written, with what has a default left out. */
export type StageInput = z.input<typeof stageConfig>;
