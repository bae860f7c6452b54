namespace Market.Protocol.Messages;

/// <summary>Where a game stands: open → running ⇄ paused → ended. The numbers are journaled.</summary>
public enum MarketStatus : byte
{
    /// <summary>Traders may join; commands are refused.</summary>
    Open = 0,
    Running = 1,

    /// <summary>The price, the plantation's clock and bursts stand still.</summary>
    Paused = 2,

    /// <summary>For good: the scoreboard is final when the last investment is home.</summary>
    Ended = 3,
}

/// <summary>What an organiser can ask of a market.</summary>
public enum MarketAction : byte
{
    Start = 1,
    Pause = 2,
    Resume = 3,
    End = 4,
}
