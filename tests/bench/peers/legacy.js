// The legacy systems as a Node developer meets them: undici, fast-xml-parser and pg, batched by dataloader for each
// request. What comes back has the names of the schema, so that default resolvers do the rest.
import DataLoader from 'dataloader'
import { XMLParser } from 'fast-xml-parser'
import pg from 'pg'
import { Pool } from 'undici'
import * as registry from './registry.js'
import { day, dayOrNull, number, numberOrNull, opaque, shown, time } from './values.js'
import { inMemory, registryUrl, upstream, world } from './world.js'

const LISTS = new Set(['MEISAI', 'ITEM', 'UCHIWAKE', 'TORIHIKI', 'GYO', 'TSUKI'])
const shiftJis = new TextDecoder('shift_jis')
const xml = new XMLParser({ ignoreDeclaration: true, parseTagValue: false, isArray: (name) => LISTS.has(name) })
const http = new Pool(upstream, { connections: 64 })
const sql = new pg.Pool({ connectionString: registryUrl, max: 10 })
let requests = 0

const GENRES = {
  '00': 'NONE', 10: 'FOOD', 20: 'BOOKS', 21: 'MAGAZINES', 30: 'STATIONERY', 40: 'COMPUTERS', 41: 'COURSES',
  50: 'FURNISHINGS', 51: 'DRIVING_SCHOOL', 60: 'DAILY_GOODS', 90: 'OTHER'
}
const TYPES = {
  '01': 'PURCHASE', '02': 'REVERSAL', '03': 'DEPOSIT', '04': 'AUTOMATIC_TOP_UP', '05': 'WEB_POINT_TOP_UP',
  '06': 'SLIP_RECEIPT'
}
const TENDERS = { 1: 'PICO', 2: 'CASH', 3: 'CREDIT_CARD', 4: 'MEAL_CARD', 5: 'POINTS', 6: 'PAYMENT_SLIP' }
const SOURCES = { 1: 'PAYMENT_SLIP', 2: 'WEB_POINTS' }
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&yen;': '¥' }

async function post (path, headers, body) {
  const answer = await http.request({ method: 'POST', path, headers, body })
  if (answer.statusCode !== 200) throw new Error(`${path}: HTTP status ${answer.statusCode}`)
  return answer.body
}

function written (fields) {
  return Object.entries(fields).map(([tag, value]) => `<${tag}>${value}</${tag}>`).join('')
}

// One SHORI of docs/wire/pos.md for many questions; null stands for "none of it" and "no such member".
function inquiry (shori, ask, read) {
  return async (keys) => {
    const questions = keys.map((key, place) => `<KUMIAIIN>${written({ ...ask(key), TSUBAN: place })}</KUMIAIIN>`)
    const id = `node-${++requests}`
    const body = `<?xml version="1.0" encoding="Shift_JIS"?>\n<DENBUN><HEAD><SHORI>${shori}</SHORI><YOKYU_ID>${id}</YOKYU_ID></HEAD><BODY>${questions.join('')}</BODY></DENBUN>`
    const headers = {
      'content-type': 'text/xml; charset=Shift_JIS', 'x-klas-tanmatsu': 'BENCH', 'x-klas-kagi': 'demo'
    }
    const answer = await post('/klas/shokai', headers, body)
    const { HEAD, BODY } = xml.parse(shiftJis.decode(await answer.arrayBuffer())).DENBUN
    if (HEAD.KEKKA !== '0000') throw new Error(`${shori}: ${HEAD.KEKKA}`)
    const found = new Array(keys.length).fill(new Error(`${shori}: left out`))
    for (const row of BODY.MEISAI ?? []) {
      const place = Number(row.TSUBAN)
      found[place] = row.KEKKA === '0000' ? read(row, keys[place], day(HEAD.EIGYOBI)) : null
    }
    return found
  }
}

const byNumber = (no) => ({ NO: no })

function balance (row, no, asOf) {
  const points = number(row.POINT)
  const webPoints = number(row.WPOINT)
  const unit = world.pointUnit
  return {
    number: no,
    asOf,
    snapshot: 'CURRENT',
    asOfNote: world.texts.asOfNote,
    prepaidBalance: number(row.PZAN),
    points,
    pointsToAutomaticTopUp: Math.max(unit - points, 0),
    webPoints: { balance: webPoints, transferable: Math.floor(Math.max(webPoints, 0) / unit) * unit }
  }
}

function unreceived (row) {
  const items = (row.ITEM ?? [])
    .map((item) => ({
      slip: item.UKENO.trim(),
      source: SOURCES[item.KUBUN],
      amount: number(item.KINGAKU),
      paidOn: day(item.NYUKINBI),
      postedOn: dayOrNull(item.KEIJOBI),
      receivedOn: dayOrNull(item.UKETORIBI)
    }))
    .filter((item) => item.receivedOn === null && (item.source === 'WEB_POINTS' || item.postedOn !== null))
    .sort((one, other) => (one.paidOn + one.slip < other.paidOn + other.slip ? -1 : 1))
  const total = items.reduce((sum, item) => sum + item.amount, 0)
  return { total, pickupPhrase: world.texts.pickupPhrase, items }
}

function lifetime (row) {
  return {
    spent: number(row.RKIN),
    pointsEarned: number(row.RPOINT),
    newcomerPurchases: number(row.SHINNYU),
    breakdown: (row.UCHIWAKE ?? []).map((part) => ({ genre: GENRES[part.JANRU], amount: number(part.KINGAKU) }))
  }
}

function suspension (row) {
  return { since: day(row.TEISHIBI), howToResume: world.texts.howToResume }
}

function mealCard (row) {
  const total = { daysUsed: number(row.NISSU), visits: number(row.KAISU), amount: number(row.KINGAKU) }
  return { planName: shown(row.PLAN), validUntil: day(row.SHURYO), total }
}

function transactions (row, { number: no }) {
  const edges = (row.TORIHIKI ?? []).map((entry) => ({ node: transaction(entry, no) }))
  const last = edges.at(-1)
  const pageInfo = { hasNextPage: row.TSUGI === '1', endCursor: last ? opaque(...last.node.place) : null }
  return { edges, pageInfo }
}

function transaction (entry, no) {
  const [compact, store, register, sequence] = entry.KAGI.trim().split('-')
  const businessDate = day(compact)
  const place = [businessDate, store, register, String(Number(sequence))]
  return {
    id: opaque('Transaction', world.coop, no, ...place),
    place,
    businessDate,
    store: world.stores[store] ? { name: world.stores[store] } : null,
    occurredAt: time(entry.NICHIJI),
    type: TYPES[entry.SHUBETSU],
    genre: GENRES[entry.JANRU],
    tender: TENDERS[entry.SHIHARAI],
    amount: number(entry.KINGAKU),
    pointsEarned: number(entry.PT),
    prepaidAfter: numberOrNull(entry.PZAN),
    items: (entry.GYO ?? []).map((line) => ({
      name: shown(line.HINMEI), quantity: number(line.SURYO), amount: number(line.KINGAKU)
    }))
  }
}

function spending (row) {
  return (row.TSUKI ?? []).map((part) => ({
    month: `${part.NENGETSU.slice(0, 4)}-${part.NENGETSU.slice(4)}`,
    genre: GENRES[part.JANRU],
    amount: number(part.KINGAKU),
    receipts: number(part.KENSU)
  }))
}

function forTransactions ({ number: no, since, until, genres, first }) {
  return {
    NO: no, KAISHI: since, SHURYO: until, SHUBETSU: '01,02', JANRU: genres, SHIHARAI: '', KENSU: first, TSUZUKI: ''
  }
}

function forSpending ({ number: no, since, until }) {
  return { NO: no, KAISHI: since, SHURYO: until, JANRU: '', SHIHARAI: '' }
}

function plain (escaped) {
  return escaped.split(/<br\s*\/?>/i).map((line) => shown(line.replace(/&#?\w+;/g, (each) => ENTITIES[each] ?? each))).join('\n').trim()
}

function notice ({ id, title, body, date }, audience) {
  const publishedAt = `${date.slice(0, 10).replaceAll('/', '-')}T${date.slice(11)}:00+09:00`
  return { noticeId: String(id), audience, title: plain(title), body: plain(body), publishedAt, readAt: null }
}

// The feed of each member: what everyone is told and what they are told, newest first.
async function notices (numbers) {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-api-key': 'demo' }
  const question = JSON.stringify({ everyone: true, members: numbers })
  const told = await (await post('/api/notices', headers, question)).json()
  if (told.status !== 'OK') throw new Error(`notices: ${told.code}`)
  const everyone = told.everyone.map((each) => notice(each, 'EVERYONE'))
  const personal = new Map(told.members.map(({ no, notices: own }) => [no, own]))
  return numbers.map((no) => {
    const own = (personal.get(no) ?? []).map((each) => notice(each, 'PERSONAL'))
    const feed = [...everyone, ...own].map((each) => ({ ...each, id: opaque('Notice', world.coop, no, each.noticeId) }))
    return feed.sort((one, other) => (one.publishedAt + one.noticeId > other.publishedAt + other.noticeId ? -1 : 1))
  })
}

const byParts = (query) => Object.values(query).join('|')

const READS = {
  members: [(numbers) => registry.members(sql, numbers)],
  cards: [(numbers) => registry.cards(sql, numbers)],
  search: [(queries) => Promise.all(queries.map((query) => registry.search(sql, query))), byParts],
  notices: [notices],
  balances: [inquiry('ZANDAKA', byNumber, balance)],
  unreceived: [inquiry('MIUKE', byNumber, unreceived)],
  lifetimes: [inquiry('RUIKEI', byNumber, lifetime)],
  suspensions: [inquiry('TEISHI', byNumber, suspension)],
  mealCards: [inquiry('MEAL', byNumber, mealCard)],
  transactions: [inquiry('RIREKI', forTransactions, transactions), byParts],
  spending: [inquiry('TSUKI', forSpending, spending), byParts]
}

// A request's dataloaders, made as they are needed.
class Loaders {}
for (const [name, [batch, cacheKeyFn]] of Object.entries(READS)) {
  Loaders.prototype[name] = function (key) {
    const field = `_${name}`
    this[field] ??= new DataLoader(batch, { cacheKeyFn })
    return this[field].load(key)
  }
}

// For the measurement without legacy systems: everything is asked for once, and given without a promise from then on.
class Memory {}
for (const [name, [batch, keyOf = (key) => key]] of Object.entries(READS)) {
  const known = new Map()
  Memory.prototype[name] = (key) => {
    const place = keyOf(key)
    if (known.has(place)) return known.get(place)
    return batch([key]).then(([value]) => {
      if (value instanceof Error) throw value
      known.set(place, value)
      return value
    })
  }
}

const memory = new Memory()

export const loaders = () => (inMemory ? memory : new Loaders())
