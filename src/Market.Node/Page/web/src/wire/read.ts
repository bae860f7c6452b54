// From JSON to messages. Each throws `WrongField`; unknown fields are ignored.
import { flag, list, number, object, optional, text, time, WrongField, type Json } from './fields';
import type { Board, Gibb, MarketInfo, Status, TeamLine, Tick, TraderLine } from './messages';

export function readTick(value: unknown): Tick {
  const json = object(value, 'price');
  return {
    seq: number(json, 'seq'),
    time: time(json, 'time'),
    price: number(json, 'coins'),
    forecast: number(json, 'forecast'),
    base: number(json, 'base'),
    hype: number(json, 'hype'),
    bursting: flag(json, 'bursting'),
  };
}

export function readBoard(value: unknown): Board {
  const json = object(value, 'board');
  return {
    seq: number(json, 'seq'),
    time: time(json, 'time'),
    final: flag(json, 'final'),
    teams: list(json.teams, 'teams').map(readTeam),
    traders: list(json.traders, 'traders').map(readTrader),
  };
}

function readTeam(value: unknown): TeamLine {
  const json = object(value, 'team');
  return { ...readScore(json), traders: number(json, 'traders') };
}

function readTrader(value: unknown): TraderLine {
  const json = object(value, 'trader');
  return {
    ...readScore(json),
    name: text(json, 'name'),
    coins: number(json, 'coins'),
    shares: number(json, 'shares'),
    inFlight: number(json, 'inFlightInvestments'),
  };
}

function readScore(json: Json) {
  return {
    rank: number(json, 'rank'),
    team: text(json, 'team'),
    score: number(json, 'score'),
    fed: number(json, 'fedMonkeys'),
    bailouts: number(json, 'bailouts'),
  };
}

export function readGibb(value: unknown): Gibb {
  const json = object(value, 'gibb');
  return {
    id: text(json, 'id'),
    time: time(json, 'time'),
    author: text(json, 'author'),
    text: text(json, 'text'),
    points: number(json, 'points'),
    counted: flag(json, 'counted'),
    reason: optional(json, 'reason', text),
  };
}

export function readMarket(value: unknown): MarketInfo {
  const json = object(value, 'market');
  return {
    id: text(json, 'id'),
    status: readStatus(text(json, 'status')),
    price: optional(json, 'price', (from, name) => readTick(from[name])),
  };
}

function readStatus(name: string): Status {
  if (name === 'open' || name === 'running' || name === 'paused' || name === 'ended') return name;
  throw new WrongField(`status is none of open, running, paused, ended`);
}
