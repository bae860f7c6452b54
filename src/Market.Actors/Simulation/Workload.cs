using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>What clients, talkers and organisers ask for.</summary>
internal sealed class Workload
{
    private static readonly string[] Teams = ["ALOUATE", "BONOBO", "CAPUCIN", "DRILL", "SAGOUIN"];
    private static readonly string[] Names = ["alice", "bob", "carol", "🐒", "eve", "frank", "nobody"];
    private static readonly string[] Words = ["banana", "Banana", "great", "bad", "sell", "love", "risk,low", "the", "HAPPY", "insane!", "mktd"];
    private readonly Climate _climate;
    private readonly List<Client> _clients = [];
    private int _texts;
    private string _lastText = "so quiet here";

    public Workload(Climate climate)
    {
        _climate = climate;
        for (var market = 0; market < climate.Markets.Count; market++)
        {
            for (var i = 0; i < climate.Traders; i++) { _clients.Add(new Client(market, new TraderKey(Teams[i % Teams.Length], Names[i]), joins: true)); }
            _clients.Add(new Client(market, new TraderKey(Teams[0], Names[^1]), joins: false));
        }
    }

    public IReadOnlyList<Client> Clients => _clients;

    public static Letter Open(int market, ulong seed) => new(market, 0, null, default, null, (door, tag) => new OpenMarket(seed, door, tag), "open");

    public static Letter Move(int market, MarketAction action) => new(market, 0, null, default, null, (door, tag) => new MoveMarket(action, door, tag), $"{action}");

    public Letter Move(Lots lots) => Move(lots.Next(_climate.Markets.Count), lots.Next(10) switch
    {
        < 3 => MarketAction.Pause,
        < 8 => MarketAction.Resume,
        8 when lots.OneIn(4) => MarketAction.End,
        _ => MarketAction.Start,
    });

    public static Letter Join(Client client, int door) =>
        new(client.Market, door, client, default, null, (at, tag) => new JoinTrader(client.Key, at, tag), $"join {client.Key}");

    public Letter Join(Lots lots)
    {
        var client = lots.Of(_clients);
        return Join(client.Joins ? client : _clients[0], lots.Next(2));
    }

    public Letter Gibb(Lots lots)
    {
        var text = string.Join(' ', Enumerable.Range(0, lots.Next(1, 5)).Select(_ => lots.Of(Words)));
        if (lots.OneIn(3)) { text = $"#mktd {text} {_texts++}"; }
        else if (!lots.OneIn(3)) { text += $" banana {_texts++}"; }
        text = _lastText = lots.OneIn(5) ? _lastText : text;
        var author = lots.OneIn(3) ? "zoé" : $"max {(_climate.Hype ? lots.Next(8) : 0)}";
        return new Letter(lots.Next(_climate.Markets.Count), lots.Next(2), null, default, null, (door, tag) => new PostGibb(author, text, "api", door, tag), $"{author}: {text}");
    }

    /// <summary>A new command of anybody.</summary>
    public Letter Tell(Lots lots) => Tell(lots, lots.OneIn(2) ? _clients[0] : lots.Of(_clients));

    /// <summary>Many commands of one.</summary>
    public IEnumerable<Letter> Flood(Lots lots)
    {
        var client = lots.Of(_clients);
        for (var left = lots.Next(5, 40); left > 0; left--) { yield return Tell(lots, client); }
    }

    /// <summary>A txnId that was sent before; null when there is none yet.</summary>
    public Letter? Again(Lots lots)
    {
        var client = lots.OneIn(2) ? _clients[0] : lots.Of(_clients);
        if (client.Wishes.Count == 0) { return null; }
        var wish = client.Wishes[lots.OneIn(3) ? lots.Next(client.Wishes.Count) : lots.Next(Math.Max(0, client.Wishes.Count - 6), client.Wishes.Count)];
        if (!lots.OneIn(5)) { return Send(client, wish, lots.Next(2)); }
        var other = Command(lots, wish.Command.TxnId);
        return new Letter(client.Market, lots.Next(2), client, other, null, null, $"{client.Key} {other.Type} {other.Amount} as {other.TxnId}, used again");
    }

    /// <summary>Sends a command, for the first time or once more.</summary>
    public static Letter Send(Client client, Wish wish, int door)
    {
        wish.Doors |= 1 << door;
        var command = wish.Command;
        return new Letter(client.Market, door, client, command, wish, null, $"{client.Key} {command.Type} {command.Amount} as {command.TxnId}");
    }

    private static Letter Tell(Lots lots, Client client)
    {
        var wish = new Wish(Command(lots, $"t{client.Wishes.Count}"));
        client.Wishes.Add(wish);
        return Send(client, wish, lots.Next(2));
    }

    private static TraderCommand Command(Lots lots, string txnId) => lots.Next(8) switch
    {
        0 or 1 => TraderCommand.Buy(txnId, Pieces(lots)),
        2 or 3 => TraderCommand.Sell(txnId, Pieces(lots)),
        4 or 5 => TraderCommand.Feed(txnId, Pieces(lots)),
        _ => TraderCommand.Invest(txnId, new Coins(MicroCoins(lots))),
    };

    private static long Pieces(Lots lots) => lots.Next(30) switch
    {
        0 => 1_000,
        1 => 1_001,
        2 => long.MaxValue,
        < 6 => lots.Next(1, 40),
        _ => lots.Next(1, 4),
    };

    private static long MicroCoins(Lots lots) => lots.Next(20) switch
    {
        0 => 1,
        1 => long.MaxValue,
        < 5 => lots.Next(1, 30) * 1_000_000L,
        _ => lots.Next(1, 3_000_000),
    };
}
