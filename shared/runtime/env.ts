import * as z from 'zod';

/**
 * Reads the environment once, at a container's start. Only composition roots call it.
 * @throws z.ZodError naming what is missing
 */
export const readEnv = <Shape extends z.ZodRawShape>(shape: Shape): z.output<z.ZodObject<Shape>> =>
  z.object(shape).parse(process.env);

export const text = z.string().min(1);
