// What a server is told by whoever starts it.
import { readFileSync } from 'node:fs'

export const world = JSON.parse(readFileSync(process.env.BENCH_WORLD, 'utf8'))
export const upstream = process.env.BENCH_UPSTREAM
export const registryUrl = process.env.BENCH_REGISTRY
export const inMemory = process.env.BENCH_IN_MEMORY === '1'

export function ready (port) {
  process.stdout.write(`READY ${JSON.stringify({ port })}\n`)
  process.once('SIGTERM', () => process.exit(0))
}
