using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Protocol.Wire;

/// <summary>Events to bytes. The layout of each is its line here; <see cref="EventReader"/> reads the same order.</summary>
public static class EventWriter
{
    internal const byte BailedOut = 1;
    internal const byte HasSentAt = 2;

    /// <summary>kind, slot, flags, [command, status of a refusal], [txnId], amount, [price of an order], [sentAt].</summary>
    public static void Write(BytesWriter to, int slot, in TraderEvent happened, ReadOnlySpan<char> txnId)
    {
        to.Byte((byte)happened.Type);
        to.Unsigned((uint)slot);
        to.Byte((byte)((happened.BailedOut ? BailedOut : 0) | (happened.SentAt is null ? 0 : HasSentAt)));
        if (happened.Type is TraderEventType.Refused)
        {
            to.Byte((byte)happened.Command);
            to.Byte((byte)happened.Status);
        }
        to.Text(txnId);
        to.Unsigned((ulong)happened.Amount);
        if (happened.HasPrice) { to.Unsigned((ulong)happened.Price.Micro); }
        if (happened.SentAt is { } sentAt) { to.Signed(sentAt.UnixMs); }
    }

    public static void Write(BytesWriter to, MarketEvent happened)
    {
        switch (happened)
        {
            case TraderJoined e: Kind(to, EventKind.TraderJoined); Write(to, e.Trader); break;
            case MarketOpened e: Kind(to, EventKind.MarketOpened); to.Text(e.Market.Value); to.Fixed64(e.Seed); to.Unsigned((uint)e.Shards); to.Text(e.Rules); break;
            case MarketMoved e: Kind(to, EventKind.MarketMoved); to.Byte((byte)e.Status); to.Signed(e.ElapsedMs); break;
            case FloorMoved e: Kind(to, EventKind.FloorMoved); to.Byte((byte)e.Status); to.Signed(e.ElapsedMs); to.Signed(e.Since.UnixMs); to.Fixed64(e.Seed); break;
            case FloorPriced e: Kind(to, EventKind.FloorPriced); to.Signed(e.Seq); to.Signed(e.Price.Micro); break;
            case PriceTicked e: Kind(to, EventKind.PriceTicked); WriteTick(to, e.Tick); to.Double(e.Ema); to.Signed(e.NextMs); break;
            case HypeMoved e: Kind(to, EventKind.HypeMoved); to.Signed(e.Points); to.Signed(e.Hype.Micro); to.Flag(e.Burst); to.Signed(e.NextMs); break;
            case BurstStepped e: Kind(to, EventKind.BurstStepped); to.Unsigned((uint)e.Step); to.Signed(e.Hype.Micro); to.Flag(e.Last); to.Signed(e.NextMs); break;
            case GibbPosted e: Kind(to, EventKind.GibbPosted); WriteGibb(to, e.Gibb); break;
            case Planted e: Write(to, e); break;
            case Harvested e: Kind(to, EventKind.Harvested); to.Signed(e.Number); break;
            case MessagesReceived e: Kind(to, EventKind.MessagesReceived); to.Unsigned((uint)e.Peer); to.Signed(e.UpTo); break;
            case MessagesAcknowledged e: Kind(to, EventKind.MessagesAcknowledged); to.Unsigned((uint)e.Peer); to.Signed(e.UpTo); break;
            case RequestAnswered e: Kind(to, EventKind.RequestAnswered); to.Fixed64(e.Id); break;
            default: throw new InvariantBrokenException($"{happened.GetType().Name} has no binary form.");
        }
    }

    public static void Write(BytesWriter to, TraderKey trader)
    {
        RecentTraders.Shared(trader); // for the views, who read it next
        to.Text(trader.Team);
        to.Text(trader.Name);
    }

    /// <summary>A tick with its time, for snapshots; an event leaves the time to its turn.</summary>
    public static void Write(BytesWriter to, in PriceTick tick)
    {
        to.Signed(tick.Time.UnixMs);
        WriteTick(to, tick);
    }

    /// <summary>A gibb with its time, for snapshots; an event leaves the time to its turn.</summary>
    public static void Write(BytesWriter to, Gibb gibb)
    {
        to.Signed(gibb.Time.UnixMs);
        WriteGibb(to, gibb);
    }

    private static void WriteTick(BytesWriter to, in PriceTick tick)
    {
        to.Signed(tick.Seq);
        to.Signed(tick.Price.Micro);
        to.Double(tick.Forecast);
        to.Double(tick.Base);
        to.Signed(tick.Hype.Micro);
        to.Flag(tick.Bursting);
    }

    private static void WriteGibb(BytesWriter to, Gibb gibb)
    {
        to.Signed(gibb.Number);
        to.Text(gibb.Author);
        to.Text(gibb.Text);
        to.Text(gibb.Source);
        to.Signed(gibb.Points);
        to.Byte((byte)gibb.Reason);
    }

    private static void Write(BytesWriter to, Planted e)
    {
        Kind(to, EventKind.Planted);
        Write(to, e.Trader);
        to.Text(e.TxnId);
        to.Signed(e.Amount.Micro);
        to.Signed(e.Total.Micro);
        to.Double(e.Multiplier);
        to.Signed(e.Harvest.Micro);
        to.Signed(e.DueMs);
    }

    private static void Kind(BytesWriter to, EventKind kind) => to.Byte((byte)kind);
}
