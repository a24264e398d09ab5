// The gateway's schema, with resolvers for what is measured.
import { readFileSync } from 'node:fs'
import { loaders } from './legacy.js'
import { today } from './values.js'
import { world } from './world.js'

export const typeDefs = readFileSync(world.schema, 'utf8')

const GENRES_OF = { ALL: '', FOOD: '10' }

export function contextOf (authorization) {
  const token = authorization?.slice('Bearer '.length)
  return { number: world.viewers[token], isStaff: world.staff.includes(token), load: loaders() }
}

function monthsBack (months) {
  const now = today()
  const count = Number(now.slice(0, 4)) * 12 + Number(now.slice(4, 6)) - 1 - months
  return `${Math.floor(count / 12)}${String((count % 12) + 1).padStart(2, '0')}`
}

export const resolvers = {
  Query: {
    viewer: (_, __, { number }) => (number === undefined ? null : { number }),
    members: (_, { first, after }, { isStaff, load }) => {
      if (!isStaff) throw new Error('FORBIDDEN')
      return load.search({ first, after: after ?? null })
    }
  },
  Viewer: {
    member: ({ number }, _, { load }) => load.members(number)
  },
  Member: {
    cards: ({ number }, _, { load }) => load.cards(number),
    pico: ({ number }, _, { load }) => load.balances(number),
    mealCard: ({ number }, _, { load }) => load.mealCards(number),
    notices: ({ number }, { first }, { load }) => page(load.notices(number), first)
  },
  Pico: {
    unreceivedPrepaid: ({ number }, _, { load }) => load.unreceived(number),
    lifetime: ({ number }, _, { load }) => load.lifetimes(number),
    suspension: ({ number }, _, { load }) => load.suspensions(number),
    transactions: ({ number }, { kind, first }, { load }) =>
      load.transactions({ number, since: `${monthsBack(12)}01`, until: today(), genres: GENRES_OF[kind], first }),
    spending: ({ number }, { months }, { load }) =>
      load.spending({ number, since: monthsBack(months - 1), until: monthsBack(0) })
  }
}

function page (feed, first) {
  if (feed instanceof Promise) return feed.then((notices) => page(notices, first))
  return { edges: feed.slice(0, first).map((node) => ({ node })) }
}
