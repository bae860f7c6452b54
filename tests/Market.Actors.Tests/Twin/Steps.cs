using Market.Actors.Answers;
using Market.Actors.Simulation.Twin;
using Market.Actors.Tests.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Twin;

/// <summary>Something asked of a market and of its twin alike.</summary>
/// <param name="Text">For people.</param>
/// <param name="Post">Posts it; gives the tags of the answers to come.</param>
/// <param name="Twin">Does it to the twin; gives the answers that must come.</param>
public sealed record Asked(string Text, Func<TestMarket, IReadOnlyList<long>> Post, Func<NaiveMarket, Timestamp, IReadOnlyList<object>> Twin);

/// <summary>Draws what six traders and some talkers might ask for.</summary>
public sealed class Steps(Random random)
{
    private static readonly string[] Words = ["banana", "Banana", "great", "bad", "mktd", "#mktd6", "sell", "love", "risk,low", "the", "don't", "HAPPY", "insane!"];
    private readonly Dictionary<TraderKey, List<TraderCommand>> _told = [];
    private int _texts;
    private string _lastText = "so quiet here";

    public static IReadOnlyList<TraderKey> Traders { get; } =
    [
        new("BONOBO", "alice"), new("ALOUATE", "bob"), new("CAPUCIN", "carol"), new("DRILL", "🐒"), new("SAGOUIN", "eve"), new("BONOBO", "never joins"),
    ];

    /// <summary>A few commands of one trader, or something rarer.</summary>
    public Asked Draw() => random.Next(20) switch
    {
        < 12 => Commands(1),
        < 15 => Commands(random.Next(2, 6)),
        < 18 => Gibb(),
        18 => Join(Traders[random.Next(Traders.Count - 1)]),
        _ => Move(),
    };

    public static Asked Join(TraderKey trader) => new(
        $"join {trader}", market => [market.Post(tag => new JoinTrader(trader, market.Answers, tag))], (twin, now) => [twin.Join(trader, now)]);

    public static Asked Move(MarketAction action) => new(
        $"{action}", market => [market.Post(tag => new MoveMarket(action, market.Answers, tag))], (twin, now) => [twin.Move(action, now)]);

    private Asked Move() => Move(random.Next(3) == 0 ? MarketAction.Pause : random.Next(3) == 0 ? MarketAction.Start : MarketAction.Resume);

    private Asked Gibb()
    {
        var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 7)).Select(_ => Words[random.Next(Words.Length)]));
        if (random.Next(3) > 0) { text += $" banana {_texts++}"; }
        text = _lastText = random.Next(4) == 0 ? _lastText : text;
        var author = random.Next(3) == 0 ? "zoé" : "max";
        return new Asked(
            $"{author}: {text}", market => [market.Post(tag => new PostGibb(author, text, "api", market.Answers, tag))], (twin, now) => [twin.Post(author, text, now)]);
    }

    private Asked Commands(int count)
    {
        var trader = Traders[random.Next(Traders.Count)];
        var commands = Enumerable.Range(0, count).Select(_ => Command(trader)).ToList();
        return new Asked(
            $"{trader}: {string.Join(", ", commands.Select(c => $"{c.Type} {c.Amount} as {c.TxnId}"))}",
            market => [.. commands.Select(command => market.Tell(trader, command))],
            (twin, now) => [.. commands.Select(command => (object)twin.Do(trader, command, now))]);
    }

    /// <summary>A new command, one told before, or another under its txnId.</summary>
    private TraderCommand Command(TraderKey trader)
    {
        if (!_told.TryGetValue(trader, out var told)) { _told[trader] = told = []; }
        if (told.Count > 0 && random.Next(5) == 0)
        {
            var again = told[random.Next(Math.Max(0, told.Count - 8), told.Count)];
            return random.Next(3) > 0 ? again : NewCommand(again.TxnId);
        }
        var command = NewCommand($"t{told.Count}");
        told.Add(command);
        return command;
    }

    private TraderCommand NewCommand(string txnId) => random.Next(4) switch
    {
        0 => TraderCommand.Buy(txnId, Pieces()),
        1 => TraderCommand.Sell(txnId, Pieces()),
        2 => TraderCommand.Feed(txnId, Pieces()),
        _ => TraderCommand.Invest(txnId, new Coins(MicroCoins())),
    };

    private long Pieces() => random.Next(30) switch
    {
        0 => 1_000,
        1 => 1_001,
        2 => long.MaxValue,
        < 6 => random.Next(1, 40),
        _ => random.Next(1, 7),
    };

    private long MicroCoins() => random.Next(20) switch
    {
        0 => 1,
        1 => long.MaxValue,
        < 5 => random.Next(1, 30) * 1_000_000L,
        _ => random.Next(1, 4_000_000),
    };
}
