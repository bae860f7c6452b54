using Market.Actors.Journal;
using Market.Actors.Mailboxes;
using Market.Actors.Simulation;
using Market.Protocol.Messages;

namespace Market.Simulation.Tests.Planted;

/// <summary>One message in ten to a plantation never was in the outbox: later ones have its number.</summary>
internal sealed class LostMessage : Saboteur
{
    private readonly HashSet<(StreamId From, int To, long Number)> _lost = [];

    public override object? Mail(World world, StreamId from, int toShard, object mail)
    {
        if (mail is LinkAcknowledgement done)
        {
            var sender = new StreamId(from.Market, toShard);
            var number = done.UpTo;
            while (Carried(sender, done.FromShard, number + 1) <= done.UpTo) { number++; }
            return done with { UpTo = number };
        }
        var batch = (LinkBatch)mail;
        for (var i = 0; i < batch.Messages.Count; i++)
        {
            var number = batch.FirstNumber + i;
            if (batch.Messages[i] is not Plant || number % 10 != 3 || !_lost.Add((from, toShard, number))) { continue; }
            Struck++;
        }
        var kept = batch.Messages.Where((_, i) => !_lost.Contains((from, toShard, batch.FirstNumber + i))).ToList();
        return kept.Count == 0 ? null : new LinkBatch(batch.FromShard, Carried(from, toShard, batch.FirstNumber - 1) + 1, kept);
    }

    private long Carried(StreamId from, int to, long number) => number - _lost.Count(one => one.From == from && one.To == to && one.Number <= number);
}

/// <summary>Investments that were handled and come again are handled again.</summary>
internal sealed class AppliedTwice : Saboteur
{
    private readonly Dictionary<(StreamId From, int To), long> _shift = [];

    public override object? Mail(World world, StreamId from, int toShard, object mail)
    {
        if (mail is LinkAcknowledgement done)
        {
            return done with { UpTo = done.UpTo - _shift.GetValueOrDefault((new StreamId(from.Market, toShard), done.FromShard)) };
        }
        var (batch, shift) = ((LinkBatch)mail, _shift.GetValueOrDefault((from, toShard)));
        var carried = batch with { FirstNumber = batch.FirstNumber + shift };
        var received = world.Oracle(from.Market).Shards[toShard].Replayed.Links[from.Shard].Received;
        var wasHandled = carried.FirstNumber + batch.Messages.Count - 1 <= received;
        if (!wasHandled || shift > 0 || batch.Messages.Any(message => message is not Plant)) { return carried; }
        Struck++;
        _shift[(from, toShard)] = received + 1 - batch.FirstNumber;
        return batch with { FirstNumber = received + 1 };
    }
}

/// <summary>Prices are told as they are in another market.</summary>
internal sealed class WrongMarketsPrice : Saboteur
{
    public override object? Mail(World world, StreamId from, int toShard, object mail)
    {
        if (mail is not LinkBatch batch || world.Oracles.Count == 1) { return mail; }
        var other = world.Oracles[(world.Number(from.Market) + 1) % world.Oracles.Count];
        return batch with { Messages = [.. batch.Messages.Select(message => message is PriceMoved price ? Of(other, price) : message)] };
    }

    private PriceMoved Of(MarketOracle other, PriceMoved price)
    {
        if (other.Ticks.Count < price.Seq) { return price; }
        Struck++;
        return price with { Price = other.Ticks[(int)price.Seq - 1].Price };
    }
}

/// <summary>Floors hear that the market was paused as if it went on.</summary>
internal sealed class DeafToPauses : Saboteur
{
    public override object? Mail(World world, StreamId from, int toShard, object mail) =>
        mail is LinkBatch batch ? batch with { Messages = [.. batch.Messages.Select(message => message is ClockMoved moved ? Deaf(moved) : message)] } : mail;

    private ClockMoved Deaf(ClockMoved moved)
    {
        if (moved.Status is not MarketStatus.Paused) { return moved; }
        Struck++;
        return moved with { Status = MarketStatus.Running };
    }
}
