using System.Text.Json;

namespace Market.Node.Doors.Http;

// The shapes of the public messages, for the description only: what is read and written is in Market.Protocol's Wire.
// A field with a default is one that may be missing.

/// <summary>One command. BUY and SELL have shares, INVEST has invested, FEED has monkeys.</summary>
public sealed record ApiCommand(
    string TxnId, string Type, long? Shares = null, decimal? Invested = null, long? Monkeys = null, DateTimeOffset? Time = null);

public sealed record ApiState(DateTimeOffset Time, decimal Coins, long Shares, int Bailouts, long FedMonkeys, int InFlightInvestments, long Score);

/// <summary>The answer to a command. The message is for people and there on refusals only.</summary>
public sealed record ApiResult(
    string TxnId,
    string Type,
    string Status,
    int Code,
    string? First = null,
    decimal? Price = null,
    decimal? Amount = null,
    ApiState? State = null,
    string? Message = null,
    long? RetryAfterMs = null);

public sealed record ApiJoin(string Team, string Name, string? Code = null);

public sealed record ApiJoined(string Team, string Name, string Token, ApiState State);

public sealed record ApiTrader(
    string Team, string Name, DateTimeOffset Time, decimal Coins, long Shares, int Bailouts, long FedMonkeys, int InFlightInvestments, long Score);

/// <summary>One event of a trader's journal, numbered from 1, with the state after it.</summary>
public sealed record ApiEvent(
    long Seq,
    DateTimeOffset Time,
    string Type,
    ApiState State,
    string? TxnId = null,
    long? Shares = null,
    long? Monkeys = null,
    decimal? Invested = null,
    decimal? Amount = null,
    decimal? Price = null,
    string? Status = null,
    bool? BailedOut = null);

public sealed record ApiPrice(string Market, long Seq, DateTimeOffset Time, decimal Coins, double Forecast, double Base, decimal Hype, bool Bursting);

public sealed record ApiCounts(int Traders, long InFlightInvestments, long Ticks);

public sealed record ApiMarket(
    string Id, string Status, bool Final, long ElapsedMs, IReadOnlyDictionary<string, JsonElement> Parameters, ApiPrice Price, ApiCounts Counts);

public sealed record ApiTeamRow(int Rank, string Team, long Score, long FedMonkeys, long Bailouts, int Traders);

public sealed record ApiTraderRow(
    int Rank, string Team, string Name, DateTimeOffset Time, decimal Coins, long Shares, int Bailouts, long FedMonkeys, int InFlightInvestments, long Score);

public sealed record ApiBoard(
    string Market, DateTimeOffset Time, long Seq, bool Final, IReadOnlyList<ApiTeamRow> Teams, IReadOnlyList<ApiTraderRow> Traders);

public sealed record ApiPost(string Author, string Text);

/// <summary>A post as scored. The reason is there when it was not counted.</summary>
public sealed record ApiGibb(
    string Id, DateTimeOffset Time, string Author, string Text, string Source, int Points, bool Counted, string? Reason = null);

public sealed record ApiMoved(string Id, string Status);

public sealed record ApiDeadLetter(DateTimeOffset Time, string Actor, string What, string Cause);

public sealed record ApiDeadLetters(long Count, IReadOnlyList<ApiDeadLetter> Latest);

public sealed record ApiHealth(string Status, IReadOnlyList<string> Reasons);

/// <summary>What went wrong, as RFC 9457 has it, with the rules' number and name.</summary>
public sealed record ApiProblem(
    string Type, string Title, int Status, string Detail, string StatusName, int? Code = null, string? TxnId = null, long? RetryAfterMs = null);
