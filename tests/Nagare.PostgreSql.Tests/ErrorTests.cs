using Nagare.Storage;
using Npgsql;

namespace Nagare.PostgreSql.Tests;

/// <summary>What an error means, by the SQLSTATE that the server gives it; those that a test can bring about are brought about elsewhere too.</summary>
public class ErrorTests
{
    [Theory]
    [InlineData("23505", ServerFailureKind.KeyViolated)]
    [InlineData("23001", ServerFailureKind.KeyViolated)]
    [InlineData("55P03", ServerFailureKind.Busy)]
    [InlineData("40P01", ServerFailureKind.NotNow)]
    [InlineData("40001", ServerFailureKind.NotNow)]
    [InlineData("57P01", ServerFailureKind.Transient)]
    [InlineData("57P02", ServerFailureKind.Transient)]
    [InlineData("57P03", ServerFailureKind.Transient)]
    [InlineData("25P03", ServerFailureKind.Transient)]
    [InlineData("57P05", ServerFailureKind.Transient)]
    [InlineData("0A000", ServerFailureKind.NotNow)]
    [InlineData("08006", ServerFailureKind.Transient)]
    [InlineData("08P01", ServerFailureKind.Transient)]
    [InlineData("53100", ServerFailureKind.Unavailable)]
    [InlineData("53300", ServerFailureKind.NotNow)]
    [InlineData("42501", ServerFailureKind.Unavailable)]
    [InlineData("25006", ServerFailureKind.NotNow)]
    [InlineData("28P01", ServerFailureKind.Unavailable)]
    [InlineData("3D000", ServerFailureKind.Unavailable)]
    [InlineData("42P01", ServerFailureKind.Unavailable)]
    [InlineData("57014", ServerFailureKind.Unavailable)]
    [InlineData("22021", ServerFailureKind.Unavailable)]
    [InlineData("NG001", ServerFailureKind.Unavailable)]
    public void A_state_says_what_kind_of_failure_it_is(string state, ServerFailureKind kind)
    {
        var failure = Classified(state);
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(state, failure.Code);
    }

    [Fact]
    public void What_the_client_says_itself_may_be_over_in_a_moment()
    {
        var failure = PostgreSqlErrors.Classify(new NpgsqlException("Exception while reading from stream"));
        Assert.Equal((ServerFailureKind.Transient, ""), (failure.Kind, failure.Code));
        Assert.Contains("network", failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("53100", "make room")]
    [InlineData("53300", "no more connections")]
    [InlineData("42501", "GrantScript")]
    [InlineData("25006", "takes no writes")]
    [InlineData("28P01", "password")]
    [InlineData("28000", "password")]
    [InlineData("3D000", "create it first")]
    [InlineData("42P01", "CheckSchema")]
    [InlineData("42703", "CheckSchema")]
    [InlineData("42883", "CheckSchema")]
    [InlineData("57014", "time-out")]
    [InlineData("NG001", "triggers or rules")]
    public void What_a_person_can_mend_is_said_with_what_to_do(string state, string advice) =>
        Assert.Contains(advice, Classified(state).Advice, StringComparison.Ordinal);

    private static ServerFailure Classified(string state) => PostgreSqlErrors.Classify(new PostgresException("said by the server", "ERROR", "ERROR", state));
}
