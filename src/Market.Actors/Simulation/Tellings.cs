using Market.Actors.Answers;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>Holds the laws against everything that is told, at the moment it is told.</summary>
internal sealed class Tellings(World world)
{
    private readonly List<Attempt> _attempts = [];

    private Laws Laws => world.Laws;

    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <returns>The tag of its answer.</returns>
    public long Add(Attempt attempt)
    {
        _attempts.Add(attempt);
        return _attempts.Count - 1;
    }

    /// <summary>It was not posted after all.</summary>
    public void RemoveLast() => _attempts.RemoveAt(_attempts.Count - 1);

    public void Answered(Door door, long tag, in Result told)
    {
        var (letter, command) = (_attempts[(int)tag].Letter, _attempts[(int)tag].Letter.Command);
        Laws.Require(
            letter.Client is not null && told.TxnId == command.TxnId && told.Type == Result.TypeOf(command.Type),
            Law.AnswersGoToTheirAskers, $"{letter.What} was answered with {told.Type} {told.TxnId}.");
        if (Done(door, tag) is not { } attempt || told.TxnId != command.TxnId) { return; }
        CommandTellings.Judge(world, attempt, told);
        if (letter.Wish is { } wish) { wish.IsTold = true; }
    }

    public void Answered(Door door, long tag, in Joined told)
    {
        if (Done(door, tag) is not { } attempt) { return; }
        if (world.Oracles[attempt.Letter.Market].Traders.TryGetValue(attempt.Letter.Client!.Key, out var trader) is false)
        {
            Laws.Require(false, Law.NothingBeforeItIsDurable, $"{attempt.Letter.What} was answered, but the journal knows no such trader.");
            return;
        }
        Laws.Require(!told.Taken || trader.HadSince(attempt.PostedAt, told.State) || world.IsAhead(attempt), Law.AnswersSayWhatHappened, $"{attempt.Letter.What} was answered with {told.State}.");
        Laws.Require(!told.Taken || !world.HasOthers || JoinsOf(attempt.Letter) > 1, Law.OneEffectOneAnswer, $"{attempt.Letter.What} was told that its name is taken, and asked once.");
        Laws.Require(told.Taken || trader.JoinedAt > attempt.PostedAt, Law.OneEffectOneAnswer, $"{attempt.Letter.What} was told it is new, though it joined before.");
    }

    public void Answered(Door door, long tag, Gibb told)
    {
        if (Done(door, tag) is not { } attempt) { return; }
        RequireDurable(attempt.Letter.Market, told);
        Laws.Require(attempt.Letter.What.EndsWith(told.Text, StringComparison.Ordinal), Law.AnswersGoToTheirAskers, $"{attempt.Letter.What} was answered with {told.Text}.");
    }

    public void Answered(Door door, long tag, in Moved told)
    {
        if (Done(door, tag) is not { } attempt) { return; }
        var (moves, status) = (world.Oracles[attempt.Letter.Market].Moves, told.Status);
        if (told.Done)
        {
            Laws.Require(moves.Exists(move => move.Clock.Status == status && move.At > attempt.PostedAt), Law.NothingBeforeItIsDurable, $"{attempt.Letter.What} was done, but the journal does not say so.");
            return;
        }
        world.Coverage.See(Sight.SecondOpeningRefused, attempt.Letter.What == "open");
        Laws.Require(moves.Exists(move => move.Clock.Status == status) || world.IsAhead(attempt), Law.AnswersSayWhatHappened, $"{attempt.Letter.What} found the game {status}.");
    }

    public void Failed(Door door, long tag, Failure failure)
    {
        if (Done(door, tag) is not { } attempt) { return; }
        world.Coverage.See(Sight.RequestRefusedWhileDown);
        Laws.Require(world.MayFail(failure), Law.NothingStops, $"{attempt.Letter.What} failed: {failure}");
    }

    public void News(int market, TraderKey trader, in Result told)
    {
        var known = world.Oracles[market].Traders.TryGetValue(trader, out var record);
        Laws.Require(known && record!.IsNews(told), Law.NothingBeforeItIsDurable, $"{trader} was told of {told.Type} {told.TxnId}, {told.State}, which the journal does not say, or was told before.");
    }

    /// <param name="last">The last one this machine showed.</param>
    public void Ticked(int market, in PriceTick tick, ref long last)
    {
        var ticks = world.Oracles[market].Ticks;
        Laws.Require(tick.Seq <= ticks.Count && ticks[(int)tick.Seq - 1] == tick, Law.NothingBeforeItIsDurable, $"price {tick.Seq} was shown, but is not durable.");
        Laws.Require(tick.Seq > last, Law.BoardIsOfTheJournal, $"price {tick.Seq} was shown after {last}.");
        last = tick.Seq;
    }

    public void Posted(int market, Gibb gibb) => RequireDurable(market, gibb);

    public void Moved(int market, MarketStatus status) => Laws.Require(
        world.Oracles[market].Moves.Exists(move => move.Clock.Status == status), Law.NothingBeforeItIsDurable, $"the game was shown as {status}, which is not durable.");

    /// <summary>No post was shown more often than it was sent.</summary>
    public void RequireNoneDoubled()
    {
        for (var market = 0; market < world.Oracles.Count; market++)
        {
            var sent = _attempts.Where(attempt => attempt.Letter.Market == market).GroupBy(attempt => attempt.Letter.What).ToDictionary(group => group.Key, group => group.Count());
            foreach (var shown in world.Oracles[market].Gibber.All.GroupBy(gibb => $"{gibb.Author}: {gibb.Text}"))
            {
                Laws.Require(shown.Count() <= sent.GetValueOrDefault(shown.Key), Law.OneEffectOneAnswer, $"{shown.Key} was posted {sent.GetValueOrDefault(shown.Key)} times and shown {shown.Count()} times.");
            }
        }
    }

    private int JoinsOf(Letter letter) => _attempts.Count(attempt => attempt.Letter.Client == letter.Client && attempt.Letter.Ask is not null);

    private void RequireDurable(int market, Gibb gibb)
    {
        var all = world.Oracles[market].Gibber.All;
        Laws.Require(gibb.Number <= all.Count, Law.NothingBeforeItIsDurable, $"gibb {gibb.Number} was shown, but is not durable.");
        Laws.Require(gibb.Number > all.Count || all[(int)gibb.Number - 1] == gibb, Law.AnswersSayWhatHappened, $"{gibb} was shown.");
    }

    /// <summary>What an answer is to; null when it is nothing to judge.</summary>
    private Attempt? Done(Door door, long tag)
    {
        var attempt = _attempts[(int)tag];
        Laws.Require(attempt.Letter.Door == door.Number && attempt.Machine == door.Machine, Law.AnswersGoToTheirAskers, $"{attempt.Letter.What} was answered by door {door.Number}.");
        Laws.Require(!attempt.IsDone, Law.OneEffectOneAnswer, $"{attempt.Letter.What} was answered twice.");
        attempt.IsDone = true;
        world.Follow((ulong)tag);
        return attempt;
    }
}
