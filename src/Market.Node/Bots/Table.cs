using System.Collections.Concurrent;
using System.Threading.Channels;
using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Bots;

/// <summary>
/// The house's traders in one market. The engine's thread notes prices and results here; the worker takes them to the seats.
/// </summary>
public sealed class Table : IListener
{
    /// <summary>Prices that may wait for the worker; one more drops the oldest. A bot needs the newest, and these 16 are 1 KiB.</summary>
    private const int MostPricesWaiting = 16;

    private readonly RunningMarket _market;
    private readonly Hub _hub;
    private readonly Action _ring;
    private readonly Seat[] _seats;

    // Written by the engine's thread, read by the worker.
    private readonly Channel<PriceTick> _prices = Channel.CreateBounded<PriceTick>(
        new BoundedChannelOptions(MostPricesWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Never dropped, and bounded by what the bots asked for: their unanswered commands, and what they have in the plantation.</summary>
    private readonly ConcurrentQueue<Note> _notes = new();

    /// <param name="start">Unlike any other start of the house.</param>
    /// <param name="seed">Of all chance at this table.</param>
    /// <param name="ring">Wakes the worker; called on any thread.</param>
    public Table(RunningMarket market, Hub hub, IEnumerable<HouseTrader> traders, string start, ulong seed, Action ring, ILogger logger)
    {
        (_market, _hub, _ring) = (market, hub, ring);
        _seats = [.. traders.Select(trader => new Seat(market, trader, Bot(trader, seed), start, Note, logger))];
    }

    public RunningMarket Market => _market;

    /// <summary>Whether somebody must be asked again to join, or some command be sent again and could be.</summary>
    public bool MustTryAgain =>
        _seats.Any(seat => !seat.HasJoined) || (_market.View.Status is MarketStatus.Running && _seats.Any(seat => seat.OwesCommands));

    /// <summary>Listens, so that nothing they are told is missed, and lets everybody join.</summary>
    /// <returns>Null when all have joined, else why somebody could not yet.</returns>
    public Task<Failure?> SitDownAsync(CancellationToken cancel)
    {
        _hub.Listen(_market.Id, this);
        foreach (var seat in _seats) { _hub.ListenTo(_market.Id, seat.Trader, seat); }
        return JoinAsync(cancel);
    }

    public void Leave()
    {
        _hub.Leave(_market.Id, null, this);
        foreach (var seat in _seats) { _hub.Leave(_market.Id, seat.Trader, seat); }
    }

    /// <summary>Takes what was noted to the seats, results first, so that each price meets what is known. The worker's only.</summary>
    public void Work()
    {
        HandleNotes();
        while (_prices.Reader.TryRead(out var tick))
        {
            foreach (var seat in _seats) { seat.Priced(tick); }
            HandleNotes();
        }
    }

    /// <summary>The worker's only.</summary>
    public async Task TryAgainAsync(CancellationToken cancel)
    {
        foreach (var seat in _seats) { seat.SendAgain(); }
        await JoinAsync(cancel);
    }

    public void Ticked(PriceNews news)
    {
        _prices.Writer.TryWrite(news.Tick);
        _ring();
    }

    public void Posted(Gibb gibb)
    {
    }

    /// <summary>What could not be sent while the market stood still can be now.</summary>
    public void Moved(MarketId market, MarketStatus status) => _ring();

    public void Told(in Result result)
    {
    }

    /// <summary>All are asked at once, so that they share the journal's writes.</summary>
    private async Task<Failure?> JoinAsync(CancellationToken cancel) =>
        (await Task.WhenAll(_seats.Where(seat => !seat.HasJoined).Select(seat => seat.JoinAsync(cancel)))).FirstOrDefault(failure => failure is not null);

    private void Note(Note note)
    {
        _notes.Enqueue(note);
        _ring();
    }

    private void HandleNotes()
    {
        while (_notes.TryDequeue(out var note)) { note.Seat.Handle(note); }
    }

    private IBot Bot(HouseTrader trader, ulong seed) =>
        trader.Temperament.Create(ChanceStream.For(seed, $"/{_market.Id}/bot/{trader.Key}"));
}
