using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Protocol.Wire;

/// <summary>Bytes to events: hands each to a fold. Refuses what <see cref="EventWriter"/> could not have written.</summary>
public static class EventReader
{
    /// <summary>Reads exactly <paramref name="count"/> events, which must end where the bytes end.</summary>
    /// <param name="time">The turn's time.</param>
    /// <exception cref="CorruptBytesException">The bytes are not such events.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, int count, Timestamp time, IEventFold into)
    {
        var from = new BytesReader(bytes);
        Span<char> txnId = stackalloc char[TraderCommand.MaxTxnIdLength];
        for (var i = 0; i < count; i++)
        {
            var kind = from.Byte();
            if (kind is >= (byte)EventKind.FirstOfTrader and <= (byte)EventKind.LastOfTrader)
            {
                ReadTraderEvent(ref from, (TraderEventType)kind, txnId, time, into);
            }
            else
            {
                into.On(ReadMarketEvent(ref from, (EventKind)kind, time), time);
            }
        }
        if (!from.AtEnd) { throw new CorruptBytesException($"{count} events end before the bytes do", from.Offset); }
    }

    public static TraderKey ReadTrader(ref BytesReader from)
    {
        var team = from.Text();
        return RecentTraders.Shared(new TraderKey(team, from.Text()));
    }

    /// <summary>A tick with its time, as in snapshots.</summary>
    public static PriceTick ReadTick(ref BytesReader from)
    {
        var time = new Timestamp(from.Signed());
        return ReadTick(ref from, time);
    }

    /// <summary>A gibb with its time, as in snapshots.</summary>
    public static Gibb ReadGibb(ref BytesReader from)
    {
        var time = new Timestamp(from.Signed());
        return ReadGibb(ref from, time);
    }

    /// <summary>An event of no trader, its kind first, as in snapshots.</summary>
    /// <param name="time">The turn's time.</param>
    public static MarketEvent ReadMarketEvent(ref BytesReader from, Timestamp time) => ReadMarketEvent(ref from, (EventKind)from.Byte(), time);

    private static void ReadTraderEvent(ref BytesReader from, TraderEventType type, scoped Span<char> room, Timestamp time, IEventFold into)
    {
        var slot = from.Count();
        var flags = from.Byte();
        if ((flags & ~(EventWriter.BailedOut | EventWriter.HasSentAt)) != 0) { throw new CorruptBytesException("A flag is not known", from.Offset - 1); }
        var command = CommandOf(type);
        var status = Status.Accepted;
        if (type is TraderEventType.Refused)
        {
            command = from.OneOf<CommandType>();
            status = from.OneOf<Status>();
        }
        ReadOnlySpan<char> txnId = room[..from.Text(room)];
        var amount = (long)from.Unsigned();
        var happened = new TraderEvent(type, command, amount, Coins.Zero, status, (flags & EventWriter.BailedOut) != 0, null);
        if (happened.HasPrice) { happened = happened with { Price = new Coins((long)from.Unsigned()) }; }
        if ((flags & EventWriter.HasSentAt) != 0) { happened = happened with { SentAt = new Timestamp(from.Signed()) }; }
        into.On(slot, happened, txnId, time);
    }

    private static CommandType CommandOf(TraderEventType type) => type switch
    {
        TraderEventType.Bought => CommandType.Buy,
        TraderEventType.Sold => CommandType.Sell,
        TraderEventType.Invested => CommandType.Invest,
        TraderEventType.Fed => CommandType.Feed,
        _ => default,
    };

    private static MarketEvent ReadMarketEvent(ref BytesReader from, EventKind kind, Timestamp time) => kind switch
    {
        EventKind.TraderJoined => new TraderJoined(ReadTrader(ref from)),
        EventKind.MarketOpened => new MarketOpened(ReadMarket(ref from), from.Fixed64(), from.Count(), from.Text()),
        EventKind.MarketMoved => new MarketMoved(from.OneOf<MarketStatus>(), from.Signed()),
        EventKind.FloorMoved => new FloorMoved(from.OneOf<MarketStatus>(), from.Signed(), new Timestamp(from.Signed()), from.Fixed64()),
        EventKind.FloorPriced => new FloorPriced(from.Signed(), new Coins(from.Signed())),
        EventKind.PriceTicked => new PriceTicked(ReadTick(ref from, time), from.Double(), from.Signed()),
        EventKind.HypeMoved => new HypeMoved((int)from.Signed(), new Coins(from.Signed()), from.Flag(), from.Signed()),
        EventKind.BurstStepped => new BurstStepped(from.Count(), new Coins(from.Signed()), from.Flag(), from.Signed()),
        EventKind.GibbPosted => new GibbPosted(ReadGibb(ref from, time)),
        EventKind.Planted => ReadPlanted(ref from),
        EventKind.Harvested => new Harvested(from.Signed()),
        EventKind.MessagesReceived => new MessagesReceived(from.Count(), from.Signed()),
        EventKind.MessagesAcknowledged => new MessagesAcknowledged(from.Count(), from.Signed()),
        EventKind.RequestAnswered => new RequestAnswered(from.Fixed64()),
        _ => throw new CorruptBytesException($"No event has kind 0x{(byte)kind:x2}", from.Offset - 1),
    };

    private static MarketId ReadMarket(ref BytesReader from) => MarketId.TryRead(from.Text(), out var id)
        ? id
        : throw new CorruptBytesException("A market id was expected", from.Offset);

    private static PriceTick ReadTick(ref BytesReader from, Timestamp time) => new(
        from.Signed(), time, new Coins(from.Signed()), from.Double(), from.Double(), new Coins(from.Signed()), from.Flag());

    private static Gibb ReadGibb(ref BytesReader from, Timestamp time) =>
        new(from.Signed(), time, from.Text(), from.Text(), from.Text(), (int)from.Signed(), from.OneOf<NotCounted>());

    private static Planted ReadPlanted(ref BytesReader from) => new(
        ReadTrader(ref from), from.Text(), new Coins(from.Signed()), new Coins(from.Signed()), from.Double(), new Coins(from.Signed()), from.Signed());
}
