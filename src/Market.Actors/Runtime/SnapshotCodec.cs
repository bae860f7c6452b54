using Market.Actors.Clock;
using Market.Actors.Gibber;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Runtime;

/// <summary>
/// A shard's state to bytes and back. The same state gives the same bytes, so two states are equal, bit for bit, when their bytes are.
/// A snapshot of another format is no error: the journal is read from the start instead.
/// </summary>
public static class SnapshotCodec
{
    /// <summary>Grows with every change of layout, here or of what followers keep behind it.</summary>
    public const byte Format = 4;

    /// <summary>The same without answered requests: written where there are none, as on every node of its own.</summary>
    private const byte FormatWithoutRequests = 3;

    public static void Write(BytesWriter to, ShardState state)
    {
        to.Byte(state.Requests.Count == 0 ? FormatWithoutRequests : Format);
        to.Unsigned((uint)state.Links.Count);
        Write(to, state.Floor);
        WriteMarket(to, state.Market);
        WritePrice(to, state.Price);
        WritePlantation(to, state.Plantation);
        WriteGibber(to, state.Gibber);
        foreach (var link in state.Links) { WriteLink(to, link); }
        to.Unsigned((uint)state.Traders.Count);
        for (var slot = 0; slot < state.Traders.Count; slot++) { TraderSnapshot.Write(to, state.Traders[slot]); }
        if (state.Requests.Count > 0) { WriteRequests(to, state.Requests); }
    }

    /// <returns>Null when the bytes are of another format.</returns>
    /// <exception cref="CorruptBytesException">They are of this format, but not sound.</exception>
    public static ShardState? Read(ref BytesReader from, int shard, Placement placement, int rememberedAnswers)
    {
        var format = from.Byte();
        if (format is not (Format or FormatWithoutRequests)) { return null; }
        if (from.Count() != placement.Shards) { throw new CorruptBytesException("The snapshot is of a market with another number of shards", from.Offset - 1); }
        var floor = new Floor(ReadClock(ref from), new Coins(from.Signed()), from.Signed(), from.Fixed64());
        var market = new MarketState(from.Count(), from.Fixed64(), ReadClock(ref from));
        var price = ReadPrice(ref from);
        var plantation = ReadPlantation(ref from);
        var gibber = ReadGibber(ref from);
        var links = new Link[placement.Shards];
        for (var i = 0; i < links.Length; i++) { links[i] = ReadLink(ref from); }
        var state = new ShardState(shard, placement, rememberedAnswers, links)
        {
            Floor = floor, Market = market, Price = price, Plantation = plantation, Gibber = gibber,
        };
        var traders = from.Count();
        for (var i = 0; i < traders; i++) { TraderSnapshot.Read(ref from, state.Traders, rememberedAnswers); }
        if (format == Format) { ReadRequests(ref from, state.Requests); }
        return state;
    }

    private static void Write(BytesWriter to, Floor floor)
    {
        WriteClock(to, floor.Clock);
        to.Signed(floor.Price.Micro);
        to.Signed(floor.PriceSeq);
        to.Fixed64(floor.Seed);
    }

    private static void WriteMarket(BytesWriter to, MarketState market)
    {
        to.Unsigned((uint)market.Shards);
        to.Fixed64(market.Seed);
        WriteClock(to, market.Clock);
    }

    private static void WriteClock(BytesWriter to, MarketClock clock)
    {
        to.Byte((byte)clock.Status);
        to.Signed(clock.ElapsedMs);
        to.Signed(clock.Since.UnixMs);
    }

    private static MarketClock ReadClock(ref BytesReader from) => new(from.OneOf<MarketStatus>(), from.Signed(), new Timestamp(from.Signed()));

    private static void WritePrice(BytesWriter to, PriceState price)
    {
        EventWriter.Write(to, price.Last);
        to.Flag(price.Ema is not null);
        to.Double(price.Ema ?? 0);
        to.Signed(price.Hype.Micro);
        to.Signed(price.BurstStep ?? -1);
        to.Signed(price.Rises);
        to.Signed(price.NextTickMs);
        to.Signed(price.NextBurstMs);
    }

    private static PriceState ReadPrice(ref BytesReader from)
    {
        var last = EventReader.ReadTick(ref from);
        var hasEma = from.Flag();
        var ema = from.Double();
        var hype = new Coins(from.Signed());
        var step = (int)from.Signed();
        return new PriceState(last, hasEma ? ema : null, hype, step < 0 ? null : step, from.Signed(), from.Signed(), from.Signed());
    }

    private static void WritePlantation(BytesWriter to, PlantationState plantation)
    {
        to.Signed(plantation.Planted);
        to.Signed(plantation.Total.Micro);
        to.Unsigned((uint)plantation.InFlight);
        foreach (var one in plantation.InOrder())
        {
            to.Signed(one.Number);
            EventWriter.Write(to, one.Trader);
            to.Text(one.TxnId);
            to.Signed(one.Harvest.Micro);
            to.Signed(one.DueMs);
        }
    }

    private static PlantationState ReadPlantation(ref BytesReader from)
    {
        var (planted, total) = (from.Signed(), new Coins(from.Signed()));
        var growing = new List<Growing>();
        for (var left = from.Count(); left > 0; left--)
        {
            growing.Add(new Growing(from.Signed(), EventReader.ReadTrader(ref from), from.Text(), new Coins(from.Signed()), from.Signed()));
        }
        return PlantationState.Restore(planted, total, growing);
    }

    private static void WriteGibber(BytesWriter to, GibberState gibber)
    {
        to.Signed(gibber.Posted);
        to.Unsigned((uint)gibber.Counted.Count);
        foreach (var gibb in gibber.Counted)
        {
            to.Signed(gibb.Time.UnixMs);
            to.Text(gibb.Author);
            to.Fixed64(gibb.TextHash);
        }
    }

    private static GibberState ReadGibber(ref BytesReader from)
    {
        var posted = from.Signed();
        var counted = new List<CountedGibb>();
        for (var left = from.Count(); left > 0; left--)
        {
            counted.Add(new CountedGibb(new Timestamp(from.Signed()), from.Text(), from.Fixed64()));
        }
        return GibberState.Restore(posted, counted);
    }

    private static void WriteRequests(BytesWriter to, AnsweredRequests requests)
    {
        to.Unsigned((uint)requests.Count);
        foreach (var (id, time, did) in requests.InOrder())
        {
            to.Fixed64(id);
            to.Signed(time.UnixMs);
            EventWriter.Write(to, did);
        }
    }

    private static void ReadRequests(ref BytesReader from, AnsweredRequests into)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            var (id, time) = (from.Fixed64(), new Timestamp(from.Signed()));
            into.Add(id, EventReader.ReadMarketEvent(ref from, time), time);
        }
    }

    private static void WriteLink(BytesWriter to, Link link)
    {
        to.Signed(link.FirstOwed);
        to.Signed(link.Received);
        to.Unsigned((uint)link.Owed.Count);
        foreach (var message in link.Owed) { MessageCodec.Write(to, message); }
    }

    private static Link ReadLink(ref BytesReader from)
    {
        var (firstOwed, received) = (from.Signed(), from.Signed());
        var owed = new List<ActorMessage>();
        for (var left = from.Count(); left > 0; left--) { owed.Add(MessageCodec.Read(ref from)); }
        return Link.Restore(firstOwed, owed, received);
    }
}
