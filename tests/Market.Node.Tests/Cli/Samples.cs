namespace Market.Node.Tests.Cli;

/// <summary>Messages as the public protocol writes them.</summary>
public static class Samples
{
    public const string State = """{"time":"2026-11-22T10:00:00.000Z","coins":6.94,"shares":8,"bailouts":1,"fedMonkeys":24,"inFlightInvestments":2,"score":4}""";

    public const string Accepted = """{"txnId":"t1","type":"MARKET","status":"ACCEPTED","code":0,"price":1.02,"state":""" + State + "}";

    public const string TooFewCoins = """{"txnId":"t1","type":"MARKET","status":"INSUFFICIENT_COINS","code":31,"price":1.02,"state":""" + State + ""","message":"10 shares cost 10.2 coins; there are 6.94."}""";

    public const string Duplicate = """{"txnId":"t1","type":"MARKET","status":"DUPLICATE","code":20,"first":"ACCEPTED","price":1.02,"state":""" + State + "}";

    public const string DuplicateOfRefused = """{"txnId":"t1","type":"MARKET","status":"DUPLICATE","code":20,"first":"INSUFFICIENT_COINS","price":1.02,"state":""" + State + "}";

    public const string Joined = """{"team":"BONOBO","name":"alice","token":"tok-fresh-123","state":""" + State + "}";

    public const string Gibb = """{"id":"g1","time":"2026-11-22T10:00:02.000Z","author":"bob","text":"banana is great","source":"api","points":1,"counted":true}""";

    public const string Board = """
        {"market":"banana","time":"2026-11-22T10:00:00.000Z","seq":17,"final":false,
         "teams":[{"rank":1,"team":"BONOBO","score":7,"fedMonkeys":7,"bailouts":0,"traders":1},{"rank":2,"team":"DRILL","score":-20,"fedMonkeys":0,"bailouts":1,"traders":1}],
         "traders":[{"rank":1,"team":"BONOBO","name":"alice","time":"2026-11-22T10:00:00.000Z","coins":6.94,"shares":8,"bailouts":0,"fedMonkeys":7,"inFlightInvestments":2,"score":7},
                    {"rank":2,"team":"DRILL","name":"dan","time":"2026-11-22T10:00:00.000Z","coins":1234.5,"shares":3,"bailouts":1,"fedMonkeys":0,"inFlightInvestments":0,"score":-20}]}
        """;

    public const string Welcome = """{"welcome":{"state":null,"price":null,"server":{"version":"0.1.0"}}}""";

    public static string Price(int seq, string coins) =>
        $$$"""{"price":{"market":"banana","seq":{{{seq}}},"time":"2026-11-22T10:00:01.000Z","coins":{{{coins}}},"forecast":0.998,"base":0.99,"hype":0.03,"bursting":false}}""";
}
