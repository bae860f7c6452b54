using Market.Protocol.Messages;

namespace Market.Actors.Simulation;

/// <summary>Holds the answer to a command against what the journal says of it.</summary>
internal static class CommandTellings
{
    public static void Judge(World world, Attempt attempt, in Result told)
    {
        var market = world.Oracles[attempt.Letter.Market];
        var key = attempt.Letter.Client!.Key;
        var joined = market.Traders.TryGetValue(key, out var trader);
        world.Coverage.See(SightOf(told.Status));
        if (told.Status is Status.Unauthorized)
        {
            world.Laws.Require(!joined || trader!.JoinedAt > attempt.PostedAt, Law.AnswersSayWhatHappened, $"{attempt.Letter.What}: {key} was told that it never joined.");
            return;
        }
        world.Laws.Require(joined, Law.NothingBeforeItIsDurable, $"{attempt.Letter.What} was answered with {told.Status}, but the journal knows no such trader.");
        if (!joined) { return; }
        switch (told.Status)
        {
            case Status.MarketClosed: Closed(world, market, attempt, trader!, told); break;
            case Status.Duplicate: Duplicate(world, attempt, trader!, told); break;
            case Status.TxnIdReused: Reused(world, attempt, trader!, told); break;
            default: First(world, attempt, trader!, told); break;
        }
    }

    private static void Closed(World world, MarketOracle market, Attempt attempt, TraderRecord trader, in Result told)
    {
        var floor = market.Shards[market.Placement.Of(trader.Key)];
        var wasClosed = !floor.Clock.IsRunning || floor.ClosedUntil > attempt.PostedAt;
        world.Laws.Require(wasClosed || world.IsAhead(attempt), Law.AnswersSayWhatHappened, $"{attempt.Letter.What} was told that the market is closed.");
        RequireState(world, attempt, trader, told);
    }

    private static void Duplicate(World world, Attempt attempt, TraderRecord trader, in Result told)
    {
        var answers = trader.AnswersTo(told.TxnId);
        world.Laws.Require(answers.Count > 0, Law.NothingBeforeItIsDurable, $"{attempt.Letter.What} is a duplicate of what the journal does not say.");
        if (answers.Count == 0) { return; }
        var isOne = false;
        foreach (var one in answers)
        {
            isOne |= Same(one, attempt) && told == one.Result with { Status = Status.Duplicate, First = one.Result.Status };
        }
        world.Laws.Require(isOne, Law.OneEffectOneAnswer, $"{attempt.Letter.What} is a duplicate of {answers[^1].Result}, and was told {told}.");
    }

    private static void Reused(World world, Attempt attempt, TraderRecord trader, in Result told)
    {
        var answers = trader.AnswersTo(told.TxnId);
        world.Laws.Require(answers.Count > 0, Law.NothingBeforeItIsDurable, $"{attempt.Letter.What} was told that its txnId was answered, but the journal does not say so.");
        if (answers.Count == 0) { return; }
        var isOne = false;
        foreach (var one in answers) { isOne |= !Same(one, attempt) && told.First == one.Result.Status; }
        world.Laws.Require(isOne, Law.OneEffectOneAnswer, $"{attempt.Letter.What} was told that its txnId was used for another command.");
        RequireState(world, attempt, trader, told);
    }

    /// <summary>A first answer is told once.</summary>
    private static void First(World world, Attempt attempt, TraderRecord trader, in Result told)
    {
        var answers = trader.AnswersTo(told.TxnId);
        world.Laws.Require(answers.Count > 0, Law.NothingBeforeItIsDurable, $"{attempt.Letter.What} was answered with {told.Status}, which the journal does not say.");
        if (answers.Count == 0) { return; }
        Decided? untold = null;
        var matches = false;
        foreach (var one in answers)
        {
            if (!Same(one, attempt) || told != one.Result) { continue; }
            matches = true;
            if (!one.Told) { untold ??= one; }
        }
        world.Laws.Require(matches || world.IsAhead(attempt), Law.AnswersSayWhatHappened, $"{attempt.Letter.What} was told {told}; the journal has {answers[^1].Result}.");
        world.Laws.Require(!matches || untold is not null || world.HasOthers, Law.OneEffectOneAnswer, $"{attempt.Letter.What} was told {told.Status} as if for the first time, twice.");
        if (untold is not null) { untold.Told = true; }
    }

    private static void RequireState(World world, Attempt attempt, TraderRecord trader, in Result told) => world.Laws.Require(
        told.State is { } state && (trader.HadSince(attempt.PostedAt, state) || world.IsAhead(attempt)),
        Law.AnswersSayWhatHappened, $"{attempt.Letter.What} was told {told.State}; the journal has {trader.State}.");

    private static bool Same(Decided one, Attempt attempt) =>
        one.Command.Type == attempt.Letter.Command.Type && one.Command.Amount == attempt.Letter.Command.Amount;

    private static Sight SightOf(Status status) => status switch
    {
        Status.Accepted => Sight.Accepted,
        Status.Unauthorized => Sight.Unauthorized,
        Status.MarketClosed => Sight.MarketClosed,
        Status.Duplicate => Sight.Duplicate,
        Status.TxnIdReused => Sight.TxnIdReused,
        Status.OrderTooLarge => Sight.OrderTooLarge,
        Status.InsufficientCoins => Sight.InsufficientCoins,
        _ => Sight.InsufficientShares,
    };
}
