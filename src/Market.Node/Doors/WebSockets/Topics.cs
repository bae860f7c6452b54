namespace Market.Node.Doors.WebSockets;

/// <summary>What a connection wants to hear of.</summary>
[Flags]
public enum Topics
{
    None = 0,
    Price = 1,

    /// <summary>What happens to one's own trader unasked; answers to one's own commands always come.</summary>
    Result = 2,
    Board = 4,
    Gibb = 8,
}
