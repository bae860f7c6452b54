using System.Text.Json;

namespace Market.Node.Tests.Doors;

/// <summary>Looking at messages of the node.</summary>
public static class Answers
{
    public static string Text(this JsonElement message, string field) => message.GetProperty(field).GetString()!;

    public static long Whole(this JsonElement message, string field) => message.GetProperty(field).GetInt64();

    public static decimal Coins(this JsonElement message, string field = "coins") => message.GetProperty(field).GetDecimal();

    public static bool Has(this JsonElement message, string field) => message.TryGetProperty(field, out _);

    /// <summary>A result has this status, under its name and its number.</summary>
    public static JsonElement ShouldBeAnswered(this JsonElement result, int code, string status)
    {
        result.Text("status").ShouldBe(status, result.GetRawText());
        result.Whole("code").ShouldBe(code, result.GetRawText());
        result.Has("message").ShouldBe(code != 0, "a message for people stands on refusals only");
        return result;
    }

    /// <summary>A problem as RFC 9457 has it, with the rules' code and name.</summary>
    public static JsonElement ShouldBeProblem(this JsonElement problem, int httpStatus, int? code, string statusName)
    {
        problem.Whole("status").ShouldBe(httpStatus, problem.GetRawText());
        problem.Text("statusName").ShouldBe(statusName, problem.GetRawText());
        problem.Text("title").ShouldNotBeNullOrEmpty();
        problem.Text("type").ShouldNotBeNullOrEmpty();
        problem.Text("detail").ShouldNotBeNullOrEmpty();
        problem.Has("code").ShouldBe(code is not null);
        if (code is not null) { problem.Whole("code").ShouldBe(code.Value); }
        return problem;
    }

    /// <summary>The same, as an answer of the HTTP door.</summary>
    public static JsonElement ShouldBeProblem(this Reply reply, int httpStatus, int? code, string statusName)
    {
        reply.Status.ShouldBe(httpStatus, reply.Text);
        reply.MediaType.ShouldBe("application/problem+json");
        return reply.Json.ShouldBeProblem(httpStatus, code, statusName);
    }

    /// <summary>The same, answered by 200.</summary>
    public static JsonElement ShouldBeAnswered(this Reply reply, int code, string status)
    {
        reply.Status.ShouldBe(200, reply.Text);
        reply.MediaType.ShouldBe("application/json");
        return reply.Json.ShouldBeAnswered(code, status);
    }
}
