using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Bots;

/// <summary>Something the market said to one seat, noted on the engine's thread for the worker.</summary>
/// <param name="Number">Of the command answered; 0 for news.</param>
/// <param name="Failure">Why there is no answer; null when there is one.</param>
internal readonly record struct Note(Seat Seat, long Number, Result Result, Failure? Failure);

/// <summary>
/// Where one of the house's traders sits: between its player, which the worker drives, and the market, which speaks on the engine's thread
/// and is only noted there.
/// </summary>
internal sealed class Seat : IClerk, IAnswerTo<Result>, IListener
{
    private readonly RunningMarket _market;
    private readonly Action<Note> _note;
    private readonly ILogger _logger;
    private readonly Player _player;
    private bool _sentHome;

    /// <param name="start">Of the house, unlike any other start.</param>
    /// <param name="note">Called on any thread; takes note and wakes the worker.</param>
    public Seat(RunningMarket market, HouseTrader trader, IBot bot, string start, Action<Note> note, ILogger logger)
    {
        (_market, Trader, _note, _logger) = (market, trader.Key, note, logger);
        _player = new Player(bot, trader.Key, start, market.Rules.Traders.MaxOrderShares, this);
    }

    public TraderKey Trader { get; }

    public bool HasJoined { get; private set; }

    public bool OwesCommands => _player.OwesCommands && !_sentHome;

    /// <summary>Makes the trader, or goes on as the one that is there: its name is the house's.</summary>
    /// <returns>Null when it joined, else why it could not yet; it may be asked again.</returns>
    public async Task<Failure?> JoinAsync(CancellationToken cancel)
    {
        try
        {
            await _market.Region.AskAsync<Joined>(to => new JoinTrader(Trader, to), cancel);
            _player.Seated(State());
            HasJoined = true;
            return null;
        }
        catch (UnansweredException unanswered)
        {
            return unanswered.Failure;
        }
    }

    public void Priced(in PriceTick tick)
    {
        if (_sentHome || !HasJoined) { return; }
        try { _player.Priced(tick); }
        catch (Exception fault) { SendHome(fault); }
    }

    public void Handle(in Note note)
    {
        if (_sentHome || !HasJoined) { return; }
        try
        {
            if (note.Failure is { } failure) { _player.Failed(note.Number, failure.Kind); }
            else if (note.Number == 0) { _player.Told(note.Result, State()); }
            else { _player.Answered(note.Number, note.Result, State()); }
        }
        catch (Exception fault)
        {
            SendHome(fault);
        }
    }

    public void SendAgain()
    {
        if (OwesCommands) { _player.SendAgain(); }
    }

    bool IClerk.TrySend(in TraderCommand command, long number) =>
        _market.View.Status is MarketStatus.Running && _market.Region.TryTell(Trader, command, this, number);

    bool IClerk.TryPost(string text) =>
        _market.View.Status is MarketStatus.Running && _market.Region.TryAsk(new PostGibb(Trader.Name, text, Chatterbox.Source, Unheard.Instance));

    void IAnswerTo<Result>.Answer(long tag, in Result answer) => _note(new Note(this, tag, answer, null));

    void IAnswerTo<Result>.Fail(long tag, Failure failure) => _note(new Note(this, tag, default, failure));

    void IListener.Told(in Result result) => _note(new Note(this, 0, result, null));

    void IListener.Ticked(PriceNews news)
    {
    }

    void IListener.Posted(Gibb gibb)
    {
    }

    void IListener.Moved(MarketId market, MarketStatus status)
    {
    }

    /// <summary>As the view has it, which was shown what is durable before anybody was told.</summary>
    private TraderState State() => _market.View.Trader(Trader) ?? default;

    /// <summary>One bot at fault does not stop the others.</summary>
    private void SendHome(Exception fault)
    {
        _sentHome = true;
        _logger.LogError(fault, "The house's trader {Trader} failed and plays no more until the next start.", Trader);
    }
}
