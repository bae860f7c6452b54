namespace Market.Protocol.Wire;

/// <summary>
/// First byte of a journaled event. Numbers are never reused or changed: a journal written by any released version is read by every later one.
/// Numbers 0x10 to 0x15 are <see cref="Messages.TraderEventType"/>.
/// </summary>
internal enum EventKind : byte
{
    MarketOpened = 0x01,
    MarketMoved = 0x02,
    FloorMoved = 0x03,
    FloorPriced = 0x04,
    PriceTicked = 0x05,
    HypeMoved = 0x06,
    BurstStepped = 0x07,
    GibbPosted = 0x08,
    Planted = 0x09,
    Harvested = 0x0a,
    MessagesReceived = 0x0b,
    MessagesAcknowledged = 0x0c,
    TraderJoined = 0x0d,
    RequestAnswered = 0x0e,
    FirstOfTrader = 0x10,
    LastOfTrader = 0x15,
}
